"""The sums behind the running totals, in the words of both databases: only what disagrees comes."""

from __future__ import annotations


def _beyond(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"{column} NOT BETWEEN -:most AND :most" for column in columns)


_SUMMED = (  # table, its key, and the columns that are summed
    ("ledger_entry", "id", ("paise",)),
    ("stock_move", "id", ("qty", "cost", "received", "input_cgst", "input_sgst", "input_igst",
                          "input_cess")),
    ("goods_line", "id", ("qty", "free_qty")),
    ("settlement", "id", ("paise",)),
    ("lot_cost", "lot_id", ("paise",)),
    ("account_month", "account_id, month", ("debit", "credit")),
    ("line_left", "line_id", ("qty", "free_qty")),
    ("line_drop", "id", ("qty", "free_qty")),
    ("reservation", "line_id", ("qty",)),
    ("line_credit", "line_id", ("credited_paise",)),
)  # fmt: skip
FIGURES = tuple(
    (table, f"SELECT {key} FROM {table} WHERE {_beyond(columns)} LIMIT 101")  # noqa: S608
    for table, key, columns in _SUMMED
)
_CANCELLED = "cancelled AS (SELECT DISTINCT to_id FROM document_link WHERE kind = 'cancels')"

# What a settlement settles is a bill or an opening due, and its document gave the party as much.
SETTLEMENTS = """
WITH given AS (
    SELECT document_id, party_id, -sum(paise) AS paise FROM ledger_entry
    JOIN account ON account.id = account_id
    WHERE document_id IN (SELECT document_id FROM settlement)
        AND (party_id IS NOT NULL OR account.code = 'walk_ins')
    GROUP BY document_id, party_id
), used AS (
    SELECT settlement.document_id, bill.party_id, sum(settlement.paise) AS paise
    FROM settlement JOIN document bill ON bill.id = settles_id
    GROUP BY settlement.document_id, bill.party_id
)
SELECT settlement.id, settles_id, settlement.paise FROM settlement
LEFT JOIN document bill ON bill.id = settles_id
LEFT JOIN used ON used.document_id = settlement.document_id
    AND used.party_id IS NOT DISTINCT FROM bill.party_id
LEFT JOIN given ON given.document_id = settlement.document_id
    AND given.party_id IS NOT DISTINCT FROM bill.party_id
WHERE bill.id IS NULL OR bill.kind NOT IN ('bill', 'opening', 'goods_receipt', 'goods_in_transit')
    OR settlement.paise = 0
    OR (used.paise > 0 AND used.paise > coalesce(given.paise, 0))
    OR (used.paise < 0 AND used.paise < coalesce(given.paise, 0))
ORDER BY settlement.id LIMIT 101"""
# A bill owes its total, less what was settled; a cancelled one owes nothing.
OPEN_ITEMS = f"""
WITH {_CANCELLED}, settled AS (
    SELECT settles_id, sum(paise) AS paise FROM settlement GROUP BY settles_id
), given AS (
    SELECT document_id, sum(paise) AS paise FROM settlement GROUP BY document_id
), brought AS (
    SELECT document_id, ledger_entry.party_id, sum(paise) AS paise FROM document
    JOIN ledger_entry ON document_id = document.id
    WHERE kind = 'opening' AND document.party_id IS NOT NULL
    GROUP BY document_id, ledger_entry.party_id
), owed AS (
    SELECT document.id, party_id, number, total,
        CASE WHEN due_day = '' THEN day ELSE due_day END AS due_day,
        CASE WHEN to_id IS NULL THEN total - coalesce(settled.paise, 0) ELSE 0 END AS rest
    FROM document LEFT JOIN cancelled ON to_id = document.id
    LEFT JOIN settled ON settles_id = document.id
    WHERE kind = 'bill' AND origin <> 'imported' AND total <> 0
    UNION ALL
    SELECT document.id, document.party_id, number, brought.paise,
        CASE WHEN due_day = '' THEN document.day ELSE due_day END,
        CASE WHEN to_id IS NULL THEN brought.paise - coalesce(settled.paise, 0) ELSE 0 END
    FROM document JOIN brought ON brought.document_id = document.id
        AND brought.party_id = document.party_id
    LEFT JOIN cancelled ON to_id = document.id LEFT JOIN settled ON settles_id = document.id
    WHERE kind = 'opening' AND brought.paise <> 0
    UNION ALL
    SELECT document.id, party_id, number, coalesce(given.paise, 0) - total,
        CASE WHEN due_day = '' THEN day ELSE due_day END,
        CASE WHEN to_id IS NULL THEN coalesce(given.paise, 0) - total - coalesce(settled.paise, 0)
            ELSE 0 END
    FROM document LEFT JOIN cancelled ON to_id = document.id
    LEFT JOIN settled ON settles_id = document.id
    LEFT JOIN given ON given.document_id = document.id
    WHERE kind = 'credit_note' AND coalesce(given.paise, 0) <> total
    UNION ALL
    SELECT document.id, party_id, number, coalesce(given.paise, 0) + total,
        CASE WHEN due_day = '' THEN day ELSE due_day END,
        CASE WHEN to_id IS NULL THEN coalesce(given.paise, 0) + total - coalesce(settled.paise, 0)
            ELSE 0 END
    FROM document LEFT JOIN cancelled ON to_id = document.id
    LEFT JOIN settled ON settles_id = document.id
    LEFT JOIN given ON given.document_id = document.id
    WHERE kind IN ('return_invoice', 'supplier_credit') AND coalesce(given.paise, 0) + total <> 0
    UNION ALL
    SELECT document.id, party_id, number, -total,
        CASE WHEN due_day = '' THEN day ELSE due_day END,
        CASE WHEN to_id IS NULL THEN -total - coalesce(settled.paise, 0) ELSE 0 END
    FROM document LEFT JOIN cancelled ON to_id = document.id
    LEFT JOIN settled ON settles_id = document.id
    WHERE total <> 0 AND (kind = 'goods_in_transit'
        OR (kind = 'goods_receipt' AND particulars NOT LIKE '%"transit":%'))
)
SELECT coalesce(owed.id, document_id), owed.number, open_paise, rest
FROM owed FULL JOIN open_item ON document_id = owed.id
WHERE owed.id IS NULL OR document_id IS NULL OR open_item.party_id IS DISTINCT FROM owed.party_id
    OR paise <> total OR open_paise <> rest OR open_item.due_day <> owed.due_day
ORDER BY 1 LIMIT 101"""  # noqa: S608
# What an order, estimate or challan waits for: its line less what living documents took of it,
# and less what was dropped.
LINES_LEFT = f"""
WITH {_CANCELLED}, taken AS (
    SELECT source_line, sum(qty) AS qty, sum(free_qty) AS free_qty FROM goods_line
    WHERE source_line IS NOT NULL AND document_id NOT IN (SELECT to_id FROM cancelled)
    GROUP BY source_line
), dropped AS (
    SELECT line_id, sum(qty) AS qty, sum(free_qty) AS free_qty FROM line_drop GROUP BY line_id
), waits AS (
    SELECT goods_line.id, number,
        CASE WHEN to_id IS NULL THEN goods_line.qty - coalesce(taken.qty, 0)
            - coalesce(dropped.qty, 0) ELSE 0 END AS qty,
        CASE WHEN to_id IS NULL THEN goods_line.free_qty - coalesce(taken.free_qty, 0)
            - coalesce(dropped.free_qty, 0) ELSE 0 END AS free_qty
    FROM document JOIN goods_line ON goods_line.document_id = document.id
    LEFT JOIN taken ON taken.source_line = goods_line.id
    LEFT JOIN dropped ON dropped.line_id = goods_line.id
    LEFT JOIN cancelled ON to_id = document.id
    WHERE kind IN ('order', 'estimate', 'challan') AND origin <> 'imported'
)
SELECT coalesce(waits.id, line_id), waits.number, line_left.qty + line_left.free_qty,
    waits.qty + waits.free_qty
FROM waits FULL JOIN line_left ON line_id = waits.id
WHERE waits.id IS NULL OR line_id IS NULL OR line_left.qty <> waits.qty
    OR line_left.free_qty <> waits.free_qty
ORDER BY 1 LIMIT 101"""  # noqa: S608
# What came back of a bill's line: what living notes gave back of it, and never more than was sold.
LINE_CREDITS = f"""
WITH {_CANCELLED}, given AS (
    SELECT source_line AS line_id, sum(qty) AS qty, sum(free_qty) AS free_qty,
        sum(goods_line.taxable + goods_line.cgst + goods_line.sgst + goods_line.igst
            + goods_line.cess) AS paise
    FROM document JOIN goods_line ON document_id = document.id
    WHERE kind = 'credit_note' AND source_line IS NOT NULL
        AND document.id NOT IN (SELECT to_id FROM cancelled)
    GROUP BY source_line
)
SELECT coalesce(line_credit.line_id, given.line_id), number
FROM line_credit FULL JOIN given ON given.line_id = line_credit.line_id
LEFT JOIN goods_line ON goods_line.id = coalesce(line_credit.line_id, given.line_id)
LEFT JOIN document ON document.id = document_id
WHERE document.id IS NULL OR kind <> 'bill' OR line_credit.line_id IS NULL
    OR returned_qty <> coalesce(given.qty, 0) OR returned_qty > goods_line.qty
    OR returned_free <> coalesce(given.free_qty, 0) OR returned_free > goods_line.free_qty
    OR credited_paise <> coalesce(given.paise, 0)
    OR credited_paise > goods_line.taxable + goods_line.cgst + goods_line.sgst + goods_line.igst
        + goods_line.cess
ORDER BY 1 LIMIT 101"""  # noqa: S608
_FLOW = """
flow AS (
    SELECT lot_id, to_place AS place_id, to_bucket AS bucket, day, qty FROM stock_move
    WHERE to_place IS NOT NULL
    UNION ALL
    SELECT lot_id, from_place, from_bucket, day, -qty FROM stock_move WHERE from_place IS NOT NULL
)"""
STOCK = f"""
WITH {_FLOW}, level AS (
    SELECT lot_id, place_id, bucket, sum(qty) AS qty FROM flow GROUP BY lot_id, place_id, bucket
), both_ways AS (
    SELECT coalesce(level.lot_id, stock.lot_id) AS lot_id,
        coalesce(level.place_id, stock.place_id) AS place_id,
        coalesce(level.bucket, stock.bucket) AS bucket, stock.item_id, stock.qty AS is_qty,
        level.qty AS should_qty
    FROM level FULL JOIN stock ON stock.lot_id = level.lot_id
        AND stock.place_id = level.place_id AND stock.bucket = level.bucket
)
SELECT lot_id, place_id, bucket, item.code, batch, is_qty, should_qty FROM both_ways
LEFT JOIN lot ON lot.id = lot_id LEFT JOIN item ON item.id = lot.item_id
WHERE is_qty IS NULL OR should_qty IS NULL OR is_qty <> should_qty
    OR lot.item_id IS NULL OR both_ways.item_id <> lot.item_id
ORDER BY 1, 2, 3 LIMIT 101"""  # noqa: S608
BELOW_NIL = f"""
WITH {_FLOW}, held AS (
    SELECT lot_id, place_id, bucket, day,
        sum(sum(qty)) OVER (PARTITION BY lot_id, place_id, bucket ORDER BY day) AS qty
    FROM flow GROUP BY lot_id, place_id, bucket, day
)
SELECT held.lot_id, place_id, bucket, item.code, batch, day, held.qty FROM held
LEFT JOIN lot ON lot.id = held.lot_id LEFT JOIN item ON item.id = lot.item_id
WHERE held.qty < 0 ORDER BY 1, 2, 3, day LIMIT 101"""  # noqa: S608
# What crosses the border of our own places takes its cost along, in or out.
LOT_COSTS = """
WITH crossing AS (
    SELECT stock_move.*, CASE WHEN from_place IS NULL THEN 1 ELSE -1 END AS sign FROM stock_move
    WHERE (from_place IS NULL) <> (to_place IS NULL)
), summed AS (
    SELECT lot_id, sum(sign * qty) AS qty, sum(sign * cost) AS paise, sum(received) AS received,
        sum(input_cgst) AS input_cgst, sum(input_sgst) AS input_sgst,
        sum(input_igst) AS input_igst, sum(input_cess) AS input_cess
    FROM crossing GROUP BY lot_id
)
SELECT coalesce(summed.lot_id, lot_cost.lot_id), item.code, batch, lot_cost.paise, summed.paise
FROM summed FULL JOIN lot_cost ON lot_cost.lot_id = summed.lot_id
LEFT JOIN lot ON lot.id = coalesce(summed.lot_id, lot_cost.lot_id)
LEFT JOIN item ON item.id = lot.item_id
WHERE summed.lot_id IS NULL OR lot_cost.lot_id IS NULL OR lot_cost.qty <> summed.qty
    OR lot_cost.paise <> summed.paise OR lot_cost.received <> summed.received
    OR lot_cost.input_cgst <> summed.input_cgst OR lot_cost.input_sgst <> summed.input_sgst
    OR lot_cost.input_igst <> summed.input_igst OR lot_cost.input_cess <> summed.input_cess
ORDER BY 1 LIMIT 101"""
DEBTORS_UNNAMED = """
SELECT ledger_entry.id, number FROM ledger_entry JOIN account ON account.id = account_id
LEFT JOIN document ON document.id = document_id
WHERE account.code = 'debtors' AND ledger_entry.party_id IS NULL ORDER BY 1 LIMIT 101"""
BALANCES = """
WITH summed AS (
    SELECT party_id, sum(CASE WHEN code = 'creditors' THEN 0 ELSE paise END) AS paise,
        sum(CASE WHEN code = 'creditors' THEN paise ELSE 0 END) AS supplied
    FROM ledger_entry JOIN account ON account.id = account_id WHERE party_id IS NOT NULL
    GROUP BY party_id
)
SELECT coalesce(summed.party_id, party_balance.party_id), party.name,
    party_balance.paise + party_balance.supplied, summed.paise + summed.supplied
FROM summed FULL JOIN party_balance ON party_balance.party_id = summed.party_id
LEFT JOIN party ON party.id = coalesce(summed.party_id, party_balance.party_id)
WHERE summed.party_id IS NULL OR party_balance.party_id IS NULL
    OR summed.paise <> party_balance.paise OR summed.supplied <> party_balance.supplied
ORDER BY 1 LIMIT 101"""
MONTHS = """
WITH summed AS (
    SELECT account_id, substr(day, 1, 7) AS month,
        sum(CASE WHEN paise > 0 THEN paise ELSE 0 END) AS debit,
        sum(CASE WHEN paise < 0 THEN -paise ELSE 0 END) AS credit
    FROM ledger_entry GROUP BY account_id, substr(day, 1, 7)
)
SELECT coalesce(summed.account_id, account_month.account_id),
    coalesce(summed.month, account_month.month), account.code
FROM summed FULL JOIN account_month ON account_month.account_id = summed.account_id
    AND account_month.month = summed.month
LEFT JOIN account ON account.id = coalesce(summed.account_id, account_month.account_id)
WHERE summed.account_id IS NULL OR account_month.account_id IS NULL
    OR account_month.debit <> summed.debit OR account_month.credit <> summed.credit
ORDER BY 1, 2 LIMIT 101"""
STOCK_ACCOUNT = """
SELECT (SELECT coalesce(sum(paise), 0) FROM ledger_entry JOIN account ON account.id = account_id
    WHERE account.code = 'stock'), (SELECT coalesce(sum(paise), 0) FROM lot_cost)"""
TRIAL_BALANCE = "SELECT coalesce(sum(debit), 0) - coalesce(sum(credit), 0) FROM account_month"
