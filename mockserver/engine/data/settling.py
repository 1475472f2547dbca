"""Numbers in one object that hang together: totals, sums, counts of a list, bounds in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mockserver.engine.data.canonical import is_number
from mockserver.engine.data.merging import Contradiction
from mockserver.engine.data.naming import words_of
from mockserver.engine.data.scene import Plan, Scene

Settlement = Callable[[Scene, dict[str, Any], Mapping[str, Any]], None]
"""Changes an object so that its numbers agree; what was given stays as it is."""

_QUANTITIES = ("quantity", "qty")
_UNIT_PRICES = ("unitprice", "price", "unitamount", "unitcost", "priceperunit")
_LINE_TOTALS = ("total", "linetotal", "totalprice", "amount", "subtotal", "totalamount")
_SUBTOTALS = ("subtotal", "netamount", "nettotal", "net", "subtotalamount")
_PLUS = (
    "tax",
    "taxamount",
    "vat",
    "vatamount",
    "shipping",
    "shippingcost",
    "tip",
    "fee",
    "totaltax",
)
_MINUS = ("discount", "discountamount", "discounttotal")
_TOTALS = ("total", "totalamount", "grandtotal", "grossamount", "gross", "amountdue", "totalprice")
_COUNTS = (
    "count",
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "itemcount",
    "size",
    "length",
)


def settlements(plans: Mapping[str, Plan], lists: list[str]) -> Iterator[Settlement]:
    """What is to be settled among members of these names; `lists` are those that hold lists."""
    known = {"".join(words_of(name)): name for name in reversed(list(plans))}

    def first(names: tuple[str, ...]) -> str | None:
        return next((known[name] for name in names if name in known), None)

    quantity, price, line = first(_QUANTITIES), first(_UNIT_PRICES), first(_LINE_TOTALS)
    if quantity and price and line:
        yield _product(line, plans[line], quantity, price)
    subtotal, total = first(_SUBTOTALS), first(_TOTALS)
    plus = [known[name] for name in _PLUS if name in known]
    minus = [known[name] for name in _MINUS if name in known]
    if subtotal and total and subtotal != total:
        yield _sum(total, plans[total], [subtotal, *plus], minus)
    count = first(_COUNTS)
    if count and len(lists) == 1:
        yield _count(count, plans[count], lists[0])
    for joined, low in known.items():
        high = known.get(joined.replace("min", "max", 1))
        if joined.startswith("min") and high is not None and high != low:
            yield _order(low, high, plans[low], plans[high])


def _set(scene: Scene, result: dict[str, Any], name: str, plan: Plan, value: Any) -> None:
    """Put the value in where the member may have it."""
    try:
        made = plan.make(scene, value)
    except Contradiction:
        return
    if made == value:
        result[name] = made


def _product(target: str, plan: Plan, one: str, other: str) -> Settlement:
    def settle(scene: Scene, result: dict[str, Any], present: Mapping[str, Any]) -> None:
        factors: list[Any] = [result.get(one), result.get(other)]
        if target in result and target not in present and all(map(is_number, factors)):
            _set(scene, result, target, plan, _tidy(factors[0] * factors[1]))

    return settle


def _sum(target: str, plan: Plan, plus: list[str], minus: list[str]) -> Settlement:
    def settle(scene: Scene, result: dict[str, Any], present: Mapping[str, Any]) -> None:
        added = [result[name] for name in plus if is_number(result.get(name))]
        taken = [result[name] for name in minus if is_number(result.get(name))]
        if is_number(result.get(target)) and target not in present and len(added) > 1:
            _set(scene, result, target, plan, _tidy(max(0, sum(added) - sum(taken))))

    return settle


def _count(target: str, plan: Plan, counted: str) -> Settlement:
    def settle(scene: Scene, result: dict[str, Any], present: Mapping[str, Any]) -> None:
        items = result.get(counted)
        if isinstance(items, list) and is_number(result.get(target)) and target not in present:
            _set(scene, result, target, plan, len(items))

    return settle


def _order(lower: str, upper: str, low_plan: Plan, high_plan: Plan) -> Settlement:
    def settle(scene: Scene, result: dict[str, Any], present: Mapping[str, Any]) -> None:
        low: Any = result.get(lower)
        high: Any = result.get(upper)
        if not (is_number(low) and is_number(high)) or lower in present or upper in present:
            return
        if low > high:
            _set(scene, result, lower, low_plan, high)
            _set(scene, result, upper, high_plan, low)

    return settle


def _tidy(number: int | float) -> int | float:
    return round(number, 2) if isinstance(number, float) else number
