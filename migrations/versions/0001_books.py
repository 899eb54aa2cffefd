"""The books of a distributor: every table, and the rows that all books begin with."""
# ruff: noqa: E501

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
# Tables whose row count, and `table.column` totals, this revision changes on purpose.
differs: frozenset[str] = frozenset()

whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
words = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
blob = sa.LargeBinary()

ACCOUNTS = (
    ("cash", "Cash in hand", "assets"),
    ("bank", "Bank", "assets"),
    ("cheques_in_hand", "Cheques in hand", "assets"),
    ("cheques_clearing", "Cheques in clearing", "assets"),
    ("upi_clearing", "UPI not yet in the bank", "assets"),
    ("card_clearing", "Cards not yet in the bank", "assets"),
    ("debtors", "Sundry debtors", "assets"),
    ("walk_ins", "Walk-in customers", "assets"),
    ("stock", "Stock in hand", "assets"),
    ("goods_in_transit", "Goods in transit", "assets"),
    ("claims_receivable", "Claims receivable from principals", "assets"),
    ("sent_back", "Goods sent back, note of the principal awaited", "assets"),
    ("staff_dues", "Dues from salesmen and staff", "assets"),
    ("supplier_advances", "Advances to suppliers", "assets"),
    ("deposits", "Deposits given", "assets"),
    ("fixed_assets", "Fixed assets", "assets"),
    ("input_cgst", "Input CGST", "assets"),
    ("input_sgst", "Input SGST/UTGST", "assets"),
    ("input_igst", "Input IGST", "assets"),
    ("input_cess", "Input cess", "assets"),
    ("input_later", "Input tax of goods not yet received", "assets"),
    ("gst_cash", "GST cash ledger", "assets"),
    ("tds_receivable", "Income tax deducted by others", "assets"),
    ("gst_tds_receivable", "GST deducted by others", "assets"),
    ("tcs_receivable", "Income tax collected by suppliers", "assets"),
    ("creditors", "Sundry creditors", "liabilities"),
    ("received_not_billed", "Goods received, not yet billed", "liabilities"),
    ("customer_advances", "Advances from customers", "liabilities"),
    ("cheques_issued", "Cheques issued, not yet cleared", "liabilities"),
    ("output_cgst", "Output CGST", "liabilities"),
    ("output_sgst", "Output SGST/UTGST", "liabilities"),
    ("output_igst", "Output IGST", "liabilities"),
    ("output_cess", "Output cess", "liabilities"),
    ("reverse_cgst", "CGST payable under reverse charge", "liabilities"),
    ("reverse_sgst", "SGST/UTGST payable under reverse charge", "liabilities"),
    ("reverse_igst", "IGST payable under reverse charge", "liabilities"),
    ("reverse_cess", "Cess payable under reverse charge", "liabilities"),
    ("tds_payable", "Income tax deducted, payable", "liabilities"),
    ("expenses_payable", "Expenses payable", "liabilities"),
    ("loans", "Loans", "liabilities"),
    ("capital", "Capital", "equity"),
    ("drawings", "Drawings", "equity"),
    ("opening", "Opening balances", "equity"),
    ("sales", "Sales", "income"),
    ("discount_received", "Discount received", "income"),
    ("claims_income", "Schemes and claims from principals", "income"),
    ("other_income", "Other income", "income"),
    ("cost_of_goods", "Cost of goods sold", "expenses"),
    ("goods_damaged", "Goods damaged and expired", "expenses"),
    ("goods_lost", "Goods lost", "expenses"),
    ("stock_differences", "Differences of counts and rates", "expenses"),
    ("samples", "Samples given", "expenses"),
    ("freight_in", "Freight inward", "expenses"),
    ("freight_out", "Freight outward", "expenses"),
    ("discount_allowed", "Discount allowed", "expenses"),
    ("round_off", "Round off", "expenses"),
    ("salaries", "Salaries and wages", "expenses"),
    ("rent", "Rent", "expenses"),
    ("vehicle", "Vehicle and fuel", "expenses"),
    ("bank_charges", "Bank charges", "expenses"),
    ("bad_debts", "Bad debts", "expenses"),
    ("expenses", "General expenses", "expenses"),
)
HSN_RULES = (  # from, above this turnover in paise, digits to the registered, to others, source
    ("2021-04-01", 0, 4, 0, "Notification 78/2020-Central Tax"),
    ("2021-04-01", 5_00_00_000_00, 6, 6, "Notification 78/2020-Central Tax"),
)
LIMITS = (  # code, from, paise, source
    ("walk_in_details", "2017-07-01", 50_000_00, "Rule 46(e), CGST Rules 2017"),
    ("cash", "2017-04-01", 2_00_000_00, "Section 269ST, Income-tax Act 1961"),
    ("cash", "2026-04-01", 2_00_000_00, "Section 186, Income-tax Act 2025"),
    # Goods on the road: across a border, and within a State that set no limit of its own.
    ("eway", "2018-04-01", 50_000_00, "Rule 138(1), CGST Rules 2017"),
    *(
        (
            f"eway_{state}",
            "2018-06-01",
            1_00_000_00,
            f"Notification of State {state}, Rule 138(14)(d)",
        )
        for state in ("03", "07", "08", "10", "19", "20", "27", "33")
    ),
)
REASONS = (  # code, name, use: where an owner's own list begins
    ("WRONG PARTY", "Billed to the wrong party", "cancel"),
    ("WRONG GOODS", "Wrong goods or quantity", "cancel"),
    ("WRONG RATE", "Wrong rate or discount", "cancel"),
    ("APPROVAL", "Sent on approval", "challan"),
    ("QUALITY", "Held for quality", "block"),
    ("RECALL", "Recalled by the principal", "block"),
    ("EXPIRED", "Expired", "return"),
    ("DAMAGED", "Damaged", "return"),
    ("UNSOLD", "Good, not sold", "return"),
    ("SCHEME", "Scheme of the brand", "free"),
    ("TASTING", "Sample for the shop", "free"),
    ("DISPLAY", "For its display", "free"),
    ("GOODWILL", "Goodwill", "free"),
    ("MISTAKE", "A mistake is mended", "reopen"),
    ("COUNTED", "Counted again", "adjust"),
    ("LOST", "Lost or stolen", "adjust"),
    ("BROKEN", "Broken in the godown", "adjust"),
    ("DESTROYED", "Destroyed", "adjust"),
    ("SAMPLE", "Given as a sample", "adjust"),
    ("NOT FOUND", "Not found on the rack", "pick"),
    ("SHORT DATED", "The shop wants a later expiry", "pick"),
    ("PACK DAMAGED", "The pack is damaged", "pick"),
    ("REFUSED", "Refused by the shop", "delivery"),
    ("SHOP CLOSED", "The shop was closed", "delivery"),
    ("PART TAKEN", "Only a part was taken", "delivery"),
)
# Where an adjustment goes that is no mere difference of a count.
LEDGERS = {
    "LOST": "goods_lost",
    "BROKEN": "goods_damaged",
    "DESTROYED": "goods_damaged",
    "SAMPLE": "samples",
}
ROLES = (
    ("owner", "Owner"),
    ("clerk", "Billing clerk"),
    ("godown", "Godown keeper"),
    ("machine", "Unattended job"),
)
EVERY_POWER = (
    "log_in look bill cancel free_goods above_mrp below_cost credit_override licence_override back_date "
    "journal opening masters export settings close reopen people books receive move_stock approve_stock pick dispatch "
    "settle_trip"
)
POWERS = {
    "owner": EVERY_POWER,
    "clerk": "log_in look bill",
    "godown": "log_in look receive move_stock pick dispatch",
    "machine": "log_in look bill books",
}


def upgrade() -> None:
    tables()
    seeds()


def tables() -> None:
    op.create_table(
        "account",
        sa.Column("id", whole, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("group", words, nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("code", name=op.f("uq_account_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "audit_tip",
        sa.Column("counter", words, nullable=False),
        sa.Column("seq", whole, nullable=False),
        sa.Column("hash", blob, nullable=False),
        sa.PrimaryKeyConstraint("counter", name=op.f("pk_audit_tip")),
        sqlite_strict=True,
    )
    op.create_table(
        "beat",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_beat")),
        sa.UniqueConstraint("code", name=op.f("uq_beat_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_beat_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "company",
        sa.Column("id", whole, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("address", words, server_default="", nullable=False),
        sa.Column("city", words, server_default="", nullable=False),
        sa.Column("pin", words, server_default="", nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("phone", words, server_default="", nullable=False),
        sa.Column("email", words, server_default="", nullable=False),
        sa.Column("pan", words, server_default="", nullable=False),
        sa.Column("fssai", words, server_default="", nullable=False),
        sa.Column("drug_licence", words, server_default="", nullable=False),
        sa.Column("bank_name", words, server_default="", nullable=False),
        sa.Column("bank_account", words, server_default="", nullable=False),
        sa.Column("bank_ifsc", words, server_default="", nullable=False),
        sa.Column("vpa", words, server_default="", nullable=False),
        sa.Column("warranty", words, server_default="", nullable=False),
        sa.Column("terms", words, server_default="", nullable=False),
        sa.Column("saved_at", whole, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery_man",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("phone", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_man")),
        sa.UniqueConstraint("code", name=op.f("uq_delivery_man_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_delivery_man_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "hsn_rule",
        sa.Column("id", whole, nullable=False),
        sa.Column("from_day", words, nullable=False),
        sa.Column("above", whole, nullable=False),
        sa.Column("registered", whole, nullable=False),
        sa.Column("unregistered", whole, nullable=False),
        sa.Column("source", words, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hsn_rule")),
        sa.UniqueConstraint("from_day", "above", name=op.f("uq_hsn_rule_from_day_above")),
        sqlite_strict=True,
    )
    op.create_table(
        "period",
        sa.Column("id", whole, nullable=False),
        sa.Column("closed_until", words, server_default="", nullable=False),
        sa.Column("filed_until", words, server_default="", nullable=False),
        sa.Column("locked_until", words, server_default="", nullable=False),
        sa.Column("snapshot_until", words, server_default="", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sqlite_strict=True,
    )
    op.create_table(
        "price_list",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, server_default="", nullable=False),
        sa.Column("party_class", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_list")),
        sa.UniqueConstraint("code", name=op.f("uq_price_list_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_price_list_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "principal",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_principal")),
        sa.UniqueConstraint("code", name=op.f("uq_principal_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_principal_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "printer",
        sa.Column("id", whole, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("way", words, nullable=False),
        sa.Column("address", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("drawer", whole, nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printer")),
        sa.UniqueConstraint("code", name=op.f("uq_printer_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "reason",
        sa.Column("id", whole, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("use", words, nullable=False),
        sa.Column("ledger", words, server_default="", nullable=False),
        sa.Column("keeps_credit", whole, server_default="0", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason")),
        sa.UniqueConstraint("code", name=op.f("uq_reason_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "registration",
        sa.Column("id", whole, nullable=False),
        sa.Column("gstin", words, server_default="", nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("gst_type", words, nullable=False),
        sa.Column("from_day", words, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sqlite_strict=True,
    )
    op.create_table(
        "role",
        sa.Column("id", whole, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("code", name=op.f("uq_role_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "salesman",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("phone", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salesman")),
        sa.UniqueConstraint("code", name=op.f("uq_salesman_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_salesman_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "setting",
        sa.Column("code", words, nullable=False),
        sa.Column("value", words, server_default="", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_setting")),
        sqlite_strict=True,
    )
    op.create_table(
        "statutory_limit",
        sa.Column("id", whole, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("from_day", words, nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.Column("source", words, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statutory_limit")),
        sa.UniqueConstraint("code", "from_day", name=op.f("uq_statutory_limit_code_from_day")),
        sqlite_strict=True,
    )
    op.create_table(
        "stock_month",
        sa.Column("month_end", words, nullable=False),
        sa.Column("spots", whole, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("month_end", name=op.f("pk_stock_month")),
        sqlite_strict=True,
    )
    op.create_table(
        "tax_class",
        sa.Column("id", whole, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_class")),
        sa.UniqueConstraint("code", name=op.f("uq_tax_class_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "turnover",
        sa.Column("year", whole, autoincrement=False, nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_turnover")),
        sqlite_strict=True,
    )
    op.create_table(
        "account_month",
        sa.Column("account_id", whole, autoincrement=False, nullable=False),
        sa.Column("month", words, nullable=False),
        sa.Column("debit", whole, server_default="0", nullable=False),
        sa.Column("credit", whole, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_account_month_account_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("account_id", "month", name=op.f("pk_account_month")),
        sqlite_strict=True,
    )
    op.create_table(
        "company_licence",
        sa.Column("id", whole, nullable=False),
        sa.Column("company_id", whole, autoincrement=False, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.Column("valid_to", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_company_licence_company_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_licence")),
        sa.UniqueConstraint(
            "company_id", "kind", "number", name=op.f("uq_company_licence_company_id_kind_number")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "dirty_day",
        sa.Column("principal_id", whole, autoincrement=False, nullable=False),
        sa.Column("day", words, nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["principal_id"],
            ["principal.id"],
            name=op.f("fk_dirty_day_principal_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("principal_id", "day", name=op.f("pk_dirty_day")),
        sqlite_strict=True,
    )
    op.create_table(
        "item",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("code_key", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("alias", words, server_default="", nullable=False),
        sa.Column("principal_id", whole, autoincrement=False, nullable=False),
        sa.Column("brand", words, server_default="", nullable=False),
        sa.Column("category", words, server_default="", nullable=False),
        sa.Column("hsn", words, server_default="", nullable=False),
        sa.Column("tax_class_id", whole, autoincrement=False, nullable=False),
        sa.Column("unit", words, server_default="", nullable=False),
        sa.Column("inner_units", whole, server_default="0", nullable=False),
        sa.Column("case_units", whole, server_default="0", nullable=False),
        sa.Column("selling_multiple", whole, server_default="1", nullable=False),
        sa.Column("grams", whole, server_default="0", nullable=False),
        sa.Column("mrp", whole, server_default="0", nullable=False),
        sa.Column("keep_batch", whole, server_default="1", nullable=False),
        sa.Column("shelf_months", whole, server_default="0", nullable=False),
        sa.Column("regime", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.CheckConstraint(
            "inner_units >= 0 AND case_units >= 0 AND selling_multiple > 0",
            name=op.f("ck_item_factors"),
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"],
            ["principal.id"],
            name=op.f("fk_item_principal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["tax_class_id"],
            ["tax_class.id"],
            name=op.f("fk_item_tax_class_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("code_key", name=op.f("uq_item_code_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_item_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "party",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("code_key", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("alias", words, server_default="", nullable=False),
        sa.Column("address", words, server_default="", nullable=False),
        sa.Column("city", words, server_default="", nullable=False),
        sa.Column("pin", words, server_default="", nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("phone", words, server_default="", nullable=False),
        sa.Column("pan", words, server_default="", nullable=False),
        sa.Column("fssai", words, server_default="", nullable=False),
        sa.Column("ship_to", words, server_default="", nullable=False),
        sa.Column("ship_state", words, server_default="", nullable=False),
        sa.Column("party_class", words, server_default="", nullable=False),
        sa.Column("beat_id", whole, autoincrement=False, nullable=True),
        sa.Column("salesman_id", whole, autoincrement=False, nullable=True),
        sa.Column("price_list_id", whole, autoincrement=False, nullable=True),
        sa.Column("credit_limit", whole, nullable=True),
        sa.Column("credit_days", whole, server_default="0", nullable=False),
        sa.Column("min_life_days", whole, server_default="0", nullable=False),
        sa.Column("customer", whole, server_default="1", nullable=False),
        sa.Column("supplier", whole, server_default="0", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["beat_id"], ["beat.id"], name=op.f("fk_party_beat_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["price_list.id"],
            name=op.f("fk_party_price_list_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["salesman_id"], ["salesman.id"], name=op.f("fk_party_salesman_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("code_key", name=op.f("uq_party_code_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_party_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_party_beat_id", "party", ["beat_id"], unique=False)
    op.create_table(
        "place",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("registration_id", whole, autoincrement=False, nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_place_registration_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place")),
        sa.UniqueConstraint("code", name=op.f("uq_place_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_place_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "print_rule",
        sa.Column("id", whole, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("counter", words, server_default="", nullable=False),
        sa.Column("printer_id", whole, autoincrement=False, nullable=True),
        sa.Column("size", words, nullable=False),
        sa.Column("copies", words, nullable=False),
        sa.Column("on_save", whole, server_default="1", nullable=False),
        sa.Column("since", whole, nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["printer_id"],
            ["printer.id"],
            name=op.f("fk_print_rule_printer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_rule")),
        sa.UniqueConstraint("kind", "counter", name=op.f("uq_print_rule_kind_counter")),
        sqlite_strict=True,
    )
    op.create_table(
        "role_power",
        sa.Column("role_id", whole, autoincrement=False, nullable=False),
        sa.Column("power", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_role_power_role_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("role_id", "power", name=op.f("pk_role_power")),
        sqlite_strict=True,
    )
    op.create_table(
        "series",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("registration_id", whole, autoincrement=False, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("paper", words, server_default="", nullable=False),
        sa.Column("counter", words, server_default="", nullable=False),
        sa.Column("principal_id", whole, server_default="0", nullable=False),
        sa.Column("year", whole, nullable=False),
        sa.Column("prefix", words, nullable=False),
        sa.Column("width", whole, nullable=False),
        sa.Column("first", whole, server_default="1", nullable=False),
        sa.Column("last", whole, server_default="0", nullable=False),
        sa.Column("last_day", words, server_default="", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.CheckConstraint("length(prefix) + width <= 16", name=op.f("ck_series_fits")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_series_registration_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint(
            "registration_id",
            "kind",
            "paper",
            "counter",
            "principal_id",
            "year",
            name=op.f("uq_series_registration_id_kind_paper_counter_principal_id_year"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_series_uid")),
        sa.UniqueConstraint("year", "prefix", name=op.f("uq_series_year_prefix")),
        sqlite_strict=True,
    )
    op.create_table(
        "tax_rate",
        sa.Column("id", whole, nullable=False),
        sa.Column("tax_class_id", whole, autoincrement=False, nullable=False),
        sa.Column("from_day", words, server_default="", nullable=False),
        sa.Column("gst", whole, nullable=False),
        sa.Column("cess", whole, server_default="0", nullable=False),
        sa.Column("cess_paise", whole, server_default="0", nullable=False),
        sa.Column("cess_per", whole, server_default="1", nullable=False),
        sa.Column("basis", words, server_default="value", nullable=False),
        sa.Column("source", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["tax_class_id"],
            ["tax_class.id"],
            name=op.f("fk_tax_rate_tax_class_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rate")),
        sa.UniqueConstraint(
            "tax_class_id", "from_day", name=op.f("uq_tax_rate_tax_class_id_from_day")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "user_account",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("role_id", whole, autoincrement=False, nullable=False),
        sa.Column("pin_hash", words, server_default="", nullable=False),
        sa.Column("failed", whole, server_default="0", nullable=False),
        sa.Column("locked_until", whole, server_default="0", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["role_id"], ["role.id"], name=op.f("fk_user_account_role_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
        sa.UniqueConstraint("code", name=op.f("uq_user_account_code")),
        sa.UniqueConstraint("uid", name=op.f("uq_user_account_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "approval",
        sa.Column("id", whole, nullable=False),
        sa.Column("draft_uid", blob, nullable=False),
        sa.Column("reasons", words, nullable=False),
        sa.Column("ceiling", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("clerk_id", whole, autoincrement=False, nullable=False),
        sa.Column("counter", words, server_default="", nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("why", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["clerk_id"],
            ["user_account.id"],
            name=op.f("fk_approval_clerk_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_approval_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sqlite_strict=True,
    )
    op.create_index("ix_approval_draft_uid", "approval", ["draft_uid"], unique=False)
    op.create_table(
        "audit",
        sa.Column("id", whole, nullable=False),
        sa.Column("counter", words, server_default="", nullable=False),
        sa.Column("seq", whole, nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("action", words, nullable=False),
        sa.Column("subject", words, server_default="", nullable=False),
        sa.Column("digest", blob, nullable=True),
        sa.Column("before", words, server_default="", nullable=False),
        sa.Column("after", words, server_default="", nullable=False),
        sa.Column("reason", words, server_default="", nullable=False),
        sa.Column("hash", blob, nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_audit_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("counter", "seq", name=op.f("uq_audit_counter_seq")),
        sqlite_strict=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"], unique=False)
    op.create_table(
        "barcode",
        sa.Column("id", whole, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("code", words, nullable=False),
        sa.Column("units", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_barcode_item_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barcode")),
        sa.UniqueConstraint("item_id", "code", name=op.f("uq_barcode_item_id_code")),
        sqlite_strict=True,
    )
    op.create_index("ix_barcode_code", "barcode", ["code"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("series_id", whole, autoincrement=False, nullable=False),
        sa.Column("serial", whole, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.Column("day", words, nullable=False),
        sa.Column("posted_at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("counter", words, server_default="", nullable=False),
        sa.Column("registration_id", whole, autoincrement=False, nullable=False),
        sa.Column("company_id", whole, autoincrement=False, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=True),
        sa.Column("party_id", whole, autoincrement=False, nullable=True),
        sa.Column("party_code", words, server_default="", nullable=False),
        sa.Column("party_name", words, server_default="", nullable=False),
        sa.Column("party_gstin", words, server_default="", nullable=False),
        sa.Column("party_gst_type", words, server_default="", nullable=False),
        sa.Column("party_state", words, server_default="", nullable=False),
        sa.Column("place_of_supply", words, server_default="", nullable=False),
        sa.Column("interstate", whole, server_default="0", nullable=False),
        sa.Column("paper", words, server_default="", nullable=False),
        sa.Column("terms", words, server_default="", nullable=False),
        sa.Column("due_day", words, server_default="", nullable=False),
        sa.Column("salesman_id", whole, autoincrement=False, nullable=True),
        sa.Column("beat_id", whole, autoincrement=False, nullable=True),
        sa.Column("order_no", words, server_default="", nullable=False),
        sa.Column("reverse_charge", whole, server_default="0", nullable=False),
        sa.Column("taxable", whole, server_default="0", nullable=False),
        sa.Column("cgst", whole, server_default="0", nullable=False),
        sa.Column("sgst", whole, server_default="0", nullable=False),
        sa.Column("igst", whole, server_default="0", nullable=False),
        sa.Column("cess", whole, server_default="0", nullable=False),
        sa.Column("round_off", whole, server_default="0", nullable=False),
        sa.Column("total", whole, server_default="0", nullable=False),
        sa.Column("particulars", words, server_default="", nullable=False),
        sa.Column("origin", words, server_default="ours", nullable=False),
        sa.Column("external_ref", words, server_default="", nullable=False),
        sa.Column("asked", blob, nullable=False),
        sa.Column("digest", blob, nullable=False),
        sa.ForeignKeyConstraint(
            ["beat_id"], ["beat.id"], name=op.f("fk_document_beat_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_document_company_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_document_party_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_document_place_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_document_registration_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["salesman_id"],
            ["salesman.id"],
            name=op.f("fk_document_salesman_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["series_id"], ["series.id"], name=op.f("fk_document_series_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_document_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("series_id", "serial", name=op.f("uq_document_series_id_serial")),
        sa.UniqueConstraint("uid", name=op.f("uq_document_uid")),
        sqlite_strict=True,
    )
    op.create_index("ix_document_day", "document", ["day", "id"], unique=False)
    op.create_index(
        "ix_document_external_ref",
        "document",
        ["external_ref"],
        unique=False,
        sqlite_where=sa.text("external_ref <> ''"),
        postgresql_where=sa.text("external_ref <> ''"),
    )
    op.create_index("ix_document_kind", "document", ["kind", "day"], unique=False)
    op.create_index("ix_document_number", "document", ["number"], unique=False)
    op.create_index("ix_document_party_id", "document", ["party_id", "day"], unique=False)
    op.create_index("ix_document_total", "document", ["total"], unique=False)
    op.create_table(
        "draft",
        sa.Column("uid", blob, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("counter", words, server_default="", nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("body", words, nullable=False),
        sa.Column("saved_at", whole, nullable=False),
        sa.Column("aside", whole, server_default="0", nullable=False),
        sa.Column("name", words, server_default="", nullable=False),
        sa.Column("total", whole, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_draft_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("uid", name=op.f("pk_draft")),
        sqlite_strict=True,
    )
    op.create_table(
        "import_run",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("name", words, server_default="", nullable=False),
        sa.Column("sha256", blob, nullable=False),
        sa.Column("started_at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("columns", words, server_default="", nullable=False),
        sa.Column("rows_done", whole, server_default="0", nullable=False),
        sa.Column("state", words, server_default="running", nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_import_run_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
        sa.UniqueConstraint("uid", name=op.f("uq_import_run_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "list_price",
        sa.Column("id", whole, nullable=False),
        sa.Column("price_list_id", whole, autoincrement=False, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("from_day", words, server_default="", nullable=False),
        sa.Column("until_day", words, server_default="", nullable=False),
        sa.Column("rate", whole, nullable=True),
        sa.Column("per", whole, server_default="1", nullable=False),
        sa.Column("percent_of_ptr", whole, nullable=True),
        sa.Column("percent_of_mrp", whole, nullable=True),
        sa.Column("mrp", whole, server_default="0", nullable=False),
        sa.Column("inclusive", whole, server_default="0", nullable=False),
        sa.Column("net", whole, server_default="0", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_list_price_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["price_list.id"],
            name=op.f("fk_list_price_price_list_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_list_price")),
        sa.UniqueConstraint(
            "price_list_id",
            "item_id",
            "from_day",
            "mrp",
            name=op.f("uq_list_price_price_list_id_item_id_from_day_mrp"),
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_list_price_item_id", "list_price", ["item_id"], unique=False)
    op.create_table(
        "lot",
        sa.Column("id", whole, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("batch", words, server_default="", nullable=False),
        sa.Column("mrp", whole, server_default="0", nullable=False),
        sa.Column("expiry", words, server_default="", nullable=False),
        sa.Column("packed", words, server_default="", nullable=False),
        sa.Column("ptr", whole, nullable=True),
        sa.Column("ptr_per", whole, server_default="1", nullable=False),
        sa.Column("pts", whole, nullable=True),
        sa.Column("pts_per", whole, server_default="1", nullable=False),
        sa.Column("blocked", whole, server_default="0", nullable=False),
        sa.Column("blocked_why", words, server_default="", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_lot_item_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint(
            "item_id", "batch", "mrp", "expiry", name=op.f("uq_lot_item_id_batch_mrp_expiry")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "party_balance",
        sa.Column("party_id", whole, autoincrement=False, nullable=False),
        sa.Column("paise", whole, server_default="0", nullable=False),
        sa.Column("supplied", whole, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_balance_party_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_party_balance")),
        sqlite_strict=True,
    )
    op.create_table(
        "party_gst",
        sa.Column("id", whole, nullable=False),
        sa.Column("party_id", whole, autoincrement=False, nullable=False),
        sa.Column("from_day", words, server_default="", nullable=False),
        sa.Column("gst_type", words, nullable=False),
        sa.Column("gstin", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_gst_party_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_gst")),
        sa.UniqueConstraint("party_id", "from_day", name=op.f("uq_party_gst_party_id_from_day")),
        sqlite_strict=True,
    )
    op.create_table(
        "party_licence",
        sa.Column("id", whole, nullable=False),
        sa.Column("party_id", whole, autoincrement=False, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.Column("valid_to", words, server_default="", nullable=False),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_party_licence_party_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_licence")),
        sa.UniqueConstraint(
            "party_id", "kind", "number", name=op.f("uq_party_licence_party_id_kind_number")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "party_principal",
        sa.Column("party_id", whole, autoincrement=False, nullable=False),
        sa.Column("principal_id", whole, autoincrement=False, nullable=False),
        sa.Column("beat_id", whole, autoincrement=False, nullable=True),
        sa.Column("visit_day", words, server_default="", nullable=False),
        sa.Column("salesman_id", whole, autoincrement=False, nullable=True),
        sa.Column("price_list_id", whole, autoincrement=False, nullable=True),
        sa.Column("trade_discount", whole, nullable=True),
        sa.Column("special_discount", whole, nullable=True),
        sa.Column("credit_limit", whole, nullable=True),
        sa.Column("credit_days", whole, nullable=True),
        sa.Column("stopped", whole, server_default="0", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["beat_id"], ["beat.id"], name=op.f("fk_party_principal_beat_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
            name=op.f("fk_party_principal_party_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["price_list_id"],
            ["price_list.id"],
            name=op.f("fk_party_principal_price_list_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"],
            ["principal.id"],
            name=op.f("fk_party_principal_principal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["salesman_id"],
            ["salesman.id"],
            name=op.f("fk_party_principal_salesman_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("party_id", "principal_id", name=op.f("pk_party_principal")),
        sqlite_strict=True,
    )
    op.create_table(
        "pick_list",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("year", whole, nullable=False),
        sa.Column("serial", whole, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.Column("day", words, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("route", words, server_default="", nullable=False),
        sa.Column("vehicle", words, server_default="", nullable=False),
        sa.Column("state", words, server_default="open", nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("closed_at", whole, server_default="0", nullable=False),
        sa.Column("packed_at", whole, server_default="0", nullable=False),
        sa.Column("asked", blob, nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_pick_list_place_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_pick_list_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick_list")),
        sa.UniqueConstraint("number", name=op.f("uq_pick_list_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_pick_list_uid")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_pick_list_year_serial")),
        sqlite_strict=True,
    )
    op.create_table(
        "rack",
        sa.Column("id", whole, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=False),
        sa.Column("rack", words, nullable=False),
        sa.Column("least", whole, server_default="0", nullable=False),
        sa.Column("reorder", whole, server_default="0", nullable=False),
        sa.Column("most", whole, server_default="0", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.CheckConstraint(
            "least >= 0 AND reorder >= 0 AND most >= 0", name=op.f("ck_rack_levels")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_rack_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_rack_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rack")),
        sa.UniqueConstraint("item_id", "place_id", name=op.f("uq_rack_item_id_place_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "supplier_columns",
        sa.Column("party_id", whole, autoincrement=False, nullable=False),
        sa.Column("columns", words, nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
            name=op.f("fk_supplier_columns_party_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("party_id", name=op.f("pk_supplier_columns")),
        sqlite_strict=True,
    )
    op.create_table(
        "vehicle",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.Column("grams", whole, server_default="0", nullable=False),
        sa.Column("man_id", whole, autoincrement=False, nullable=True),
        sa.Column("place_id", whole, autoincrement=False, nullable=True),
        sa.Column("active", whole, server_default="1", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["man_id"], ["delivery_man.id"], name=op.f("fk_vehicle_man_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_vehicle_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle")),
        sa.UniqueConstraint("number", name=op.f("uq_vehicle_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_vehicle_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "count_ask",
        sa.Column("id", whole, nullable=False),
        sa.Column("lot_id", whole, autoincrement=False, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=False),
        sa.Column("why", words, server_default="", nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_count_ask_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_count_ask_place_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_count_ask_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_ask")),
        sqlite_strict=True,
    )
    op.create_index("ix_count_ask_place_id", "count_ask", ["place_id", "lot_id"], unique=False)
    op.create_table(
        "count_sheet",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=False),
        sa.Column("scope", words, nullable=False),
        sa.Column("what", words, server_default="", nullable=False),
        sa.Column("opened_at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("closed_at", whole, server_default="0", nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_count_sheet_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_count_sheet_place_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_count_sheet_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_sheet")),
        sa.UniqueConstraint("uid", name=op.f("uq_count_sheet_uid")),
        sqlite_strict=True,
    )
    op.create_table(
        "day_opened",
        sa.Column("day", words, nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_day_opened_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_day_opened_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_day_opened")),
        sqlite_strict=True,
    )
    op.create_table(
        "document_event",
        sa.Column("id", whole, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("event", words, nullable=False),
        sa.Column("detail", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_document_event_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_document_event_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_event")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_document_event_document_id", "document_event", ["document_id"], unique=False
    )
    op.create_table(
        "document_link",
        sa.Column("from_id", whole, autoincrement=False, nullable=False),
        sa.Column("to_id", whole, autoincrement=False, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"], ["document.id"], name=op.f("fk_document_link_from_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["document.id"], name=op.f("fk_document_link_to_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("from_id", "to_id", name=op.f("pk_document_link")),
        sqlite_strict=True,
    )
    op.create_index("ix_document_link_to_id", "document_link", ["to_id"], unique=False)
    op.create_table(
        "goods_line",
        sa.Column("id", whole, autoincrement=False, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("row", whole, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("lot_id", whole, autoincrement=False, nullable=True),
        sa.Column("code", words, server_default="", nullable=False),
        sa.Column("name", words, server_default="", nullable=False),
        sa.Column("hsn", words, server_default="", nullable=False),
        sa.Column("uqc", words, server_default="", nullable=False),
        sa.Column("batch", words, server_default="", nullable=False),
        sa.Column("expiry", words, server_default="", nullable=False),
        sa.Column("mrp", whole, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("free_qty", whole, nullable=False),
        sa.Column("rate", whole, nullable=False),
        sa.Column("per", whole, nullable=False),
        sa.Column("inclusive", whole, nullable=False),
        sa.Column("net", whole, server_default="0", nullable=False),
        sa.Column("gross", whole, nullable=False),
        sa.Column("discount", whole, nullable=False),
        sa.Column("taxable", whole, nullable=False),
        sa.Column("gst_rate", whole, nullable=False),
        sa.Column("cess_rate", whole, nullable=False),
        sa.Column("basis", words, server_default="", nullable=False),
        sa.Column("cgst", whole, nullable=False),
        sa.Column("sgst", whole, nullable=False),
        sa.Column("igst", whole, nullable=False),
        sa.Column("cess", whole, nullable=False),
        sa.Column("cost", whole, nullable=False),
        sa.Column("principal_id", whole, autoincrement=False, nullable=True),
        sa.Column("case_units", whole, nullable=False),
        sa.Column("inner_units", whole, nullable=False),
        sa.Column("why", words, server_default="", nullable=False),
        sa.Column("source_line", whole, nullable=True),
        sa.Column("free_reason", words, server_default="", nullable=False),
        sa.Column("free_reason_name", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_goods_line_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_goods_line_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_goods_line_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["principal_id"],
            ["principal.id"],
            name=op.f("fk_goods_line_principal_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_line")),
        sa.UniqueConstraint("document_id", "row", name=op.f("uq_goods_line_document_id_row")),
        sqlite_strict=True,
    )
    op.create_index("ix_goods_line_item_id", "goods_line", ["item_id", "document_id"], unique=False)
    op.create_table(
        "import_change",
        sa.Column("id", whole, nullable=False),
        sa.Column("import_id", whole, autoincrement=False, nullable=False),
        sa.Column("seq", whole, nullable=False),
        sa.Column("row", whole, nullable=False),
        sa.Column("subject", words, nullable=False),
        sa.Column("before", words, server_default="", nullable=False),
        sa.Column("after", words, server_default="", nullable=False),
        sa.Column("hash", blob, nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["import_run.id"],
            name=op.f("fk_import_change_import_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_change")),
        sa.UniqueConstraint("import_id", "seq", name=op.f("uq_import_change_import_id_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", whole, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("leg", whole, nullable=False),
        sa.Column("account_id", whole, autoincrement=False, nullable=False),
        sa.Column("party_id", whole, autoincrement=False, nullable=True),
        sa.Column("paise", whole, nullable=False),
        sa.Column("day", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ledger_entry_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_ledger_entry_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_ledger_entry_party_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sqlite_strict=True,
    )
    op.create_index("ix_ledger_entry_document_id", "ledger_entry", ["document_id"], unique=False)
    op.create_index("ix_ledger_entry_party_id", "ledger_entry", ["party_id", "day"], unique=False)
    op.create_table(
        "lot_cost",
        sa.Column("lot_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, server_default="0", nullable=False),
        sa.Column("paise", whole, server_default="0", nullable=False),
        sa.Column("received", whole, server_default="0", nullable=False),
        sa.Column("input_cgst", whole, server_default="0", nullable=False),
        sa.Column("input_sgst", whole, server_default="0", nullable=False),
        sa.Column("input_igst", whole, server_default="0", nullable=False),
        sa.Column("input_cess", whole, server_default="0", nullable=False),
        sa.CheckConstraint("qty >= 0", name=op.f("ck_lot_cost_not_negative")),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_lot_cost_lot_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lot_id", name=op.f("pk_lot_cost")),
        sqlite_strict=True,
    )
    op.create_table(
        "open_item",
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("party_id", whole, autoincrement=False, nullable=True),
        sa.Column("due_day", words, server_default="", nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.Column("open_paise", whole, nullable=False),
        sa.CheckConstraint(
            "(paise >= 0 AND open_paise BETWEEN 0 AND paise) OR (paise < 0 AND open_paise BETWEEN paise AND 0)",
            name=op.f("ck_open_item_within"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_open_item_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_open_item_party_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_open_item")),
        sqlite_strict=True,
    )
    op.create_index("ix_open_item_party_id", "open_item", ["party_id", "due_day"], unique=False)
    op.create_table(
        "pick_source",
        sa.Column("list_id", whole, autoincrement=False, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("state", words, server_default="open", nullable=False),
        sa.Column("paper_id", whole, autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_pick_source_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["pick_list.id"], name=op.f("fk_pick_source_list_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["document.id"], name=op.f("fk_pick_source_paper_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("list_id", "document_id", name=op.f("pk_pick_source")),
        sqlite_strict=True,
    )
    op.create_index("ix_pick_source_document_id", "pick_source", ["document_id"], unique=False)
    op.create_table(
        "settlement",
        sa.Column("id", whole, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("settles_id", whole, nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_settlement_document_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sqlite_strict=True,
    )
    op.create_index("ix_settlement_settles_id", "settlement", ["settles_id"], unique=False)
    op.create_table(
        "staff_due",
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("man_id", whole, autoincrement=False, nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_staff_due_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["man_id"], ["delivery_man.id"], name=op.f("fk_staff_due_man_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_staff_due")),
        sqlite_strict=True,
    )
    op.create_index("ix_staff_due_man_id", "staff_due", ["man_id"], unique=False)
    op.create_table(
        "stock",
        sa.Column("lot_id", whole, autoincrement=False, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=False),
        sa.Column("bucket", words, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.CheckConstraint("qty >= 0", name=op.f("ck_stock_not_negative")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_stock_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_stock_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_stock_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lot_id", "place_id", "bucket", name=op.f("pk_stock")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_stock_live",
        "stock",
        ["item_id", "place_id", "bucket"],
        unique=False,
        sqlite_where=sa.text("qty > 0"),
        postgresql_where=sa.text("qty > 0"),
    )
    op.create_table(
        "stock_move",
        sa.Column("id", whole, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("leg", whole, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("lot_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("from_place", whole, autoincrement=False, nullable=True),
        sa.Column("from_bucket", words, server_default="", nullable=False),
        sa.Column("to_place", whole, autoincrement=False, nullable=True),
        sa.Column("to_bucket", words, server_default="", nullable=False),
        sa.Column("cost", whole, server_default="0", nullable=False),
        sa.Column("received", whole, server_default="0", nullable=False),
        sa.Column("input_cgst", whole, server_default="0", nullable=False),
        sa.Column("input_sgst", whole, server_default="0", nullable=False),
        sa.Column("input_igst", whole, server_default="0", nullable=False),
        sa.Column("input_cess", whole, server_default="0", nullable=False),
        sa.Column("day", words, nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_stock_move_some")),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_stock_move_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["from_place"], ["place.id"], name=op.f("fk_stock_move_from_place"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_stock_move_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_stock_move_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["to_place"], ["place.id"], name=op.f("fk_stock_move_to_place"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
        sqlite_strict=True,
    )
    op.create_index("ix_stock_move_document_id", "stock_move", ["document_id"], unique=False)
    op.create_index("ix_stock_move_lot_id", "stock_move", ["lot_id", "day"], unique=False)
    op.create_index(
        "ix_stock_move_received",
        "stock_move",
        ["lot_id", "day"],
        unique=False,
        sqlite_where=sa.text("received > 0"),
        postgresql_where=sa.text("received > 0"),
    )
    op.create_table(
        "stock_snapshot",
        sa.Column("month_end", words, nullable=False),
        sa.Column("lot_id", whole, autoincrement=False, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=False),
        sa.Column("bucket", words, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_stock_snapshot_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_stock_snapshot_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint(
            "month_end", "lot_id", "place_id", "bucket", name=op.f("pk_stock_snapshot")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "supplier_number",
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("party_id", whole, autoincrement=False, nullable=False),
        sa.Column("year", whole, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_supplier_number_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"],
            ["party.id"],
            name=op.f("fk_supplier_number_party_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_supplier_number")),
        sa.UniqueConstraint(
            "party_id", "year", "number", name=op.f("uq_supplier_number_party_id_year_number")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "trip",
        sa.Column("id", whole, nullable=False),
        sa.Column("uid", blob, nullable=False),
        sa.Column("year", whole, nullable=False),
        sa.Column("serial", whole, nullable=False),
        sa.Column("number", words, nullable=False),
        sa.Column("day", words, nullable=False),
        sa.Column("vehicle_id", whole, autoincrement=False, nullable=False),
        sa.Column("man_id", whole, autoincrement=False, nullable=True),
        sa.Column("state", words, nullable=False),
        sa.Column("note", words, server_default="", nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("asked", blob, nullable=False),
        sa.Column("settlement_id", whole, autoincrement=False, nullable=True),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["man_id"], ["delivery_man.id"], name=op.f("fk_trip_man_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["document.id"],
            name=op.f("fk_trip_settlement_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_trip_user_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vehicle_id"], ["vehicle.id"], name=op.f("fk_trip_vehicle_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip")),
        sa.UniqueConstraint("number", name=op.f("uq_trip_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_trip_uid")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_trip_year_serial")),
        sqlite_strict=True,
    )
    op.create_index("ix_trip_day", "trip", ["day", "id"], unique=False)
    op.create_index(
        "ix_trip_vehicle_id",
        "trip",
        ["vehicle_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('loading', 'out')"),
        postgresql_where=sa.text("state IN ('loading', 'out')"),
    )
    op.create_table(
        "waiting",
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("party_id", whole, autoincrement=False, nullable=True),
        sa.Column("kind", words, nullable=False),
        sa.Column("open", whole, server_default="1", nullable=False),
        sa.Column("held", whole, server_default="0", nullable=False),
        sa.Column("reason", words, server_default="", nullable=False),
        sa.Column("priority", whole, server_default="0", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_waiting_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_waiting_party_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_waiting")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_waiting_kind",
        "waiting",
        ["kind"],
        unique=False,
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open = 1"),
    )
    op.create_index(
        "ix_waiting_party",
        "waiting",
        ["party_id"],
        unique=False,
        sqlite_where=sa.text("open = 1"),
        postgresql_where=sa.text("open = 1"),
    )
    op.create_table(
        "walk_in_buyer",
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("phone", words, server_default="", nullable=False),
        sa.Column("name", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_walk_in_buyer_document_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_walk_in_buyer")),
        sqlite_strict=True,
    )
    op.create_index("ix_walk_in_buyer_name", "walk_in_buyer", ["name"], unique=False)
    op.create_index("ix_walk_in_buyer_phone", "walk_in_buyer", ["phone"], unique=False)
    op.create_table(
        "bought",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_bought_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_bought_line_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_bought")),
        sqlite_strict=True,
    )
    op.create_index("ix_bought_item_id", "bought", ["item_id", "line_id"], unique=False)
    op.create_table(
        "claim_answer",
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("what", words, nullable=False),
        sa.Column("accepted", whole, nullable=False),
        sa.Column("refused", whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_claim_answer_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["goods_line.id"],
            name=op.f("fk_claim_answer_line_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("document_id", "line_id", "what", name=op.f("pk_claim_answer")),
        sqlite_strict=True,
    )
    op.create_index("ix_claim_answer_line_id", "claim_answer", ["line_id"], unique=False)
    op.create_table(
        "count_line",
        sa.Column("id", whole, nullable=False),
        sa.Column("sheet_id", whole, autoincrement=False, nullable=False),
        sa.Column("lot_id", whole, autoincrement=False, nullable=False),
        sa.Column("bucket", words, nullable=False),
        sa.Column("why", words, server_default="", nullable=False),
        sa.Column("book", whole, nullable=True),
        sa.Column("counted", whole, nullable=True),
        sa.Column("seen", whole, server_default="0", nullable=False),
        sa.Column("at", whole, server_default="0", nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=True),
        sa.Column("tries", whole, server_default="0", nullable=False),
        sa.CheckConstraint(
            "(book IS NULL) = (counted IS NULL) AND coalesce(counted, 0) >= 0",
            name=op.f("ck_count_line_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_count_line_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["sheet_id"],
            ["count_sheet.id"],
            name=op.f("fk_count_line_sheet_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_count_line_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_count_line")),
        sa.UniqueConstraint(
            "sheet_id", "lot_id", "bucket", name=op.f("uq_count_line_sheet_id_lot_id_bucket")
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_count_line_lot_id", "count_line", ["lot_id", "at"], unique=False)
    op.create_table(
        "excess_held",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("rest", whole, nullable=False),
        sa.CheckConstraint("rest BETWEEN 0 AND qty", name=op.f("ck_excess_held_within")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_excess_held_line_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_excess_held")),
        sqlite_strict=True,
    )
    op.create_table(
        "excess_release",
        sa.Column("id", whole, nullable=False),
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("way", words, nullable=False),
        sa.Column("note", words, server_default="", nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["goods_line.id"],
            name=op.f("fk_excess_release_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["user_account.id"],
            name=op.f("fk_excess_release_user_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excess_release")),
        sqlite_strict=True,
    )
    op.create_index("ix_excess_release_line_id", "excess_release", ["line_id"], unique=False)
    op.create_table(
        "line_adjustment",
        sa.Column("id", whole, nullable=False),
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("step", whole, nullable=False),
        sa.Column("kind", words, server_default="", nullable=False),
        sa.Column("percent", whole, nullable=True),
        sa.Column("source", words, server_default="", nullable=False),
        sa.Column("version", whole, server_default="0", nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["goods_line.id"],
            name=op.f("fk_line_adjustment_line_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_adjustment")),
        sqlite_strict=True,
    )
    op.create_index("ix_line_adjustment_line_id", "line_adjustment", ["line_id"], unique=False)
    op.create_table(
        "line_credit",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("returned_qty", whole, server_default="0", nullable=False),
        sa.Column("returned_free", whole, server_default="0", nullable=False),
        sa.Column("credited_paise", whole, server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_line_credit_line_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_line_credit")),
        sqlite_strict=True,
    )
    op.create_table(
        "line_drop",
        sa.Column("id", whole, nullable=False),
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("free_qty", whole, nullable=False),
        sa.Column("at", whole, nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=False),
        sa.Column("reason", words, server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_line_drop_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_line_drop_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_drop")),
        sqlite_strict=True,
    )
    op.create_index("ix_line_drop_line_id", "line_drop", ["line_id"], unique=False)
    op.create_table(
        "line_left",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("free_qty", whole, nullable=False),
        sa.CheckConstraint("qty >= 0 AND free_qty >= 0", name=op.f("ck_line_left_not_negative")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_line_left_line_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_line_left")),
        sqlite_strict=True,
    )
    op.create_table(
        "pick",
        sa.Column("id", whole, nullable=False),
        sa.Column("list_id", whole, autoincrement=False, nullable=False),
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("lot_id", whole, autoincrement=False, nullable=False),
        sa.Column("now_lot", whole, autoincrement=False, nullable=True),
        sa.Column("rack", words, server_default="", nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("picked", whole, server_default="0", nullable=False),
        sa.Column("state", words, server_default="open", nullable=False),
        sa.Column("reason", words, server_default="", nullable=False),
        sa.Column("swap_id", whole, autoincrement=False, nullable=True),
        sa.Column("user_id", whole, autoincrement=False, nullable=True),
        sa.Column("at", whole, server_default="0", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.CheckConstraint("qty > 0 AND picked BETWEEN 0 AND qty", name=op.f("ck_pick_within")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_pick_document_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_pick_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_pick_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["pick_list.id"], name=op.f("fk_pick_list_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"], ["lot.id"], name=op.f("fk_pick_lot_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["now_lot"], ["lot.id"], name=op.f("fk_pick_now_lot"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["swap_id"], ["document.id"], name=op.f("fk_pick_swap_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_pick_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick")),
        sqlite_strict=True,
    )
    op.create_index("ix_pick_line_id", "pick", ["line_id"], unique=False)
    op.create_index("ix_pick_list_id", "pick", ["list_id"], unique=False)
    op.create_table(
        "pick_claim",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("list_id", whole, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_pick_claim_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["pick_list.id"], name=op.f("fk_pick_claim_list_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_pick_claim")),
        sqlite_strict=True,
    )
    op.create_index("ix_pick_claim_list_id", "pick_claim", ["list_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("item_id", whole, autoincrement=False, nullable=False),
        sa.Column("place_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.CheckConstraint("qty > 0", name=op.f("ck_reservation_some")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_reservation_item_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_reservation_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_reservation_place_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_reservation")),
        sqlite_strict=True,
    )
    op.create_index("ix_reservation_item_id", "reservation", ["item_id", "place_id"], unique=False)
    op.create_table(
        "returned",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["goods_line.id"], name=op.f("fk_returned_line_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_returned")),
        sqlite_strict=True,
    )
    op.create_table(
        "supplier_claim",
        sa.Column("line_id", whole, autoincrement=False, nullable=False),
        sa.Column("what", words, nullable=False),
        sa.Column("party_id", whole, autoincrement=False, nullable=False),
        sa.Column("qty", whole, nullable=False),
        sa.Column("paise", whole, nullable=False),
        sa.Column("rest", whole, nullable=False),
        sa.Column("told_day", words, server_default="", nullable=False),
        sa.Column("row_version", whole, server_default="1", nullable=False),
        sa.CheckConstraint("rest BETWEEN 0 AND paise", name=op.f("ck_supplier_claim_within")),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["goods_line.id"],
            name=op.f("fk_supplier_claim_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_supplier_claim_party_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("line_id", "what", name=op.f("pk_supplier_claim")),
        sqlite_strict=True,
    )
    op.create_index("ix_supplier_claim_party_id", "supplier_claim", ["party_id"], unique=False)
    op.create_table(
        "trip_bill",
        sa.Column("id", whole, nullable=False),
        sa.Column("trip_id", whole, autoincrement=False, nullable=False),
        sa.Column("document_id", whole, autoincrement=False, nullable=False),
        sa.Column("position", whole, nullable=False),
        sa.Column("loaded", whole, server_default="0", nullable=False),
        sa.Column("living", whole, server_default="1", nullable=False),
        sa.Column("result", words, server_default="", nullable=False),
        sa.Column("reason", words, server_default="", nullable=False),
        sa.Column("at", whole, server_default="0", nullable=False),
        sa.Column("user_id", whole, autoincrement=False, nullable=True),
        sa.Column("note_id", whole, autoincrement=False, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["document.id"],
            name=op.f("fk_trip_bill_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["document.id"], name=op.f("fk_trip_bill_note_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["trip_id"], ["trip.id"], name=op.f("fk_trip_bill_trip_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_trip_bill_user_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trip_bill")),
        sa.UniqueConstraint(
            "trip_id", "document_id", name=op.f("uq_trip_bill_trip_id_document_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_trip_bill_document_id",
        "trip_bill",
        ["document_id"],
        unique=True,
        sqlite_where=sa.text("living = 1"),
        postgresql_where=sa.text("living = 1"),
    )


# --- end of the tables


def seeds() -> None:
    """Books without a company yet; the first row of each table has the id 1 on both databases."""
    op.bulk_insert(
        sa.table("account", *map(sa.column, ("code", "name", "group"))),
        [dict(zip(("code", "name", "group"), row, strict=True)) for row in ACCOUNTS],
    )
    op.bulk_insert(
        sa.table("statutory_limit", *map(sa.column, ("code", "from_day", "paise", "source"))),
        [dict(zip(("code", "from_day", "paise", "source"), row, strict=True)) for row in LIMITS],
    )
    hsn_rule = ("from_day", "above", "registered", "unregistered", "source")
    op.bulk_insert(
        sa.table("hsn_rule", *map(sa.column, hsn_rule)),
        [dict(zip(hsn_rule, row, strict=True)) for row in HSN_RULES],
    )
    role = sa.table("role", *map(sa.column, ("id", "code", "name")))
    op.bulk_insert(role, [{"code": code, "name": name} for code, name in ROLES])
    found = op.get_bind().execute(sa.select(role.c.code, role.c.id)).all()
    op.bulk_insert(
        sa.table("role_power", *map(sa.column, ("role_id", "power"))),
        [{"role_id": key, "power": power} for code, key in found for power in POWERS[code].split()],
    )
    op.bulk_insert(sa.table("period", sa.column("closed_until")), [{"closed_until": ""}])
    op.bulk_insert(
        sa.table("reason", *map(sa.column, ("code", "name", "use", "ledger"))),
        [
            {"code": code, "name": name, "use": use, "ledger": LEDGERS.get(code, "")}
            for code, name, use in REASONS
        ],
    )
