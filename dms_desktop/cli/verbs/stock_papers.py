"""Papers about goods of our own at the command line: a lot put right, pieces re-stickered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from dms_desktop.cli import replies
from dms_desktop.cli.shop import Shop
from dms_desktop.cli.verbs.papers import id_of
from dms_desktop.cli.verbs.verb import Json, Verb
from dms_desktop.domain.goods_line import Bucket
from dms_desktop.domain.refusals import Refused
from dms_desktop.domain.registers import joined
from dms_desktop.services import documents
from dms_desktop.services.lot_papers import Correction, Stickers, correct, resticker


def _correct(shop: Shop, request: Json) -> Json:
    from dms_desktop.cli.shapes import LotCorrection

    said = _checked(LotCorrection, request["order"])
    asked = Correction(
        id_of(said), _lot(said), _read(said["right"]), said["reason"], said.get("version")
    )
    return told(shop, shop.write(correct, asked).id)


def _resticker(shop: Shop, request: Json) -> Json:
    from dms_desktop.cli.shapes import Restickering

    said = _checked(Restickering, request["order"])
    rates = {name: said[name] for name in ("ptr", "pts") if said.get(name)}
    given = _read({**rates, "mrp": said["new_mrp"]})
    asked = Stickers(
        id_of(said), _lot(said), str(said["qty"]), given["mrp"], said["reason"],
        said.get("godown") or "", Bucket(said.get("bucket") or Bucket.SALEABLE),
        given.get("ptr"), given.get("pts"),
    )  # fmt: skip
    return told(shop, shop.write(resticker, asked).id)


def told(shop: Shop, uid: UUID) -> Json:
    """The published reply of such a paper."""
    return replies.document(shop.read(documents.issued, uid))


def _checked(shape: Any, said: Json) -> Json:
    from dms_desktop.cli.slips import slips

    if problems := slips(shape, said):
        raise Refused(*problems)
    return said


def _lot(said: Json) -> str:
    return joined(*(str(said.get(name) or "") for name in ("item", "batch", "mrp", "expiry")))


def _read(given: Mapping[str, Any]) -> dict[str, Any]:
    from dms_desktop.files.register_fields import read_register

    return read_register("lot", given)


VERBS = {"lot correct": Verb(_correct), "lot resticker": Verb(_resticker)}
