"""Mutants of the pricing core that do the same as the code, so that no test can kill them, and why."""

from typing import NamedTuple


class Survivor(NamedTuple):
    """A mutant by file, function (empty outside of all) and fault; the same one twice stands here twice."""

    file: str
    function: str
    what: str


EQUIVALENT: tuple[Survivor, ...] = (
    # The names under which something is remembered: any others would do.
    Survivor("spending", "Spending.year_mean", "'year mean'  →  'year mean~'"),
    Survivor("spending", "Spending.amount", "'variation'  →  'variation~'"),
    Survivor("parts", "Parts.tier", "'multi-module-discount'  →  'multi-module-discount~'"),
    Survivor("parts", "Parts._right", "'right'  →  'right~'"),
    Survivor("parts", "Parts._clustered", "'clustered'  →  'clustered~'"),
    Survivor("parts", "terms_of", "'terms'  →  'terms~'"),
    Survivor("shares", "pool_scale", "'pool'  →  'pool~'"),
    Survivor("shares", "bank_share", "'cost'  →  'cost~'"),
    # Shares of a cost that is nothing.
    Survivor("shares", "bank_share", "1  →  2"),
    # Whatever fee is not the annual one is the markup.
    Survivor("card_terms", "", "'fx-markup'  →  'fx-markup~'"),
    # None and False are both no.
    Survivor("price_table", "_is_paid", "return False  →  return None"),
    # Only said where a figure is missing, and each line and member says it anew for itself.
    Survivor("parts", "Parts.__init__", "' @'  →  ' @~'"),
    Survivor("reckoner", "Reckoner.setting", "' @'  →  ' @~'"),
    Survivor("interaction_terms", "interaction_terms", "0  →  1"),
    # Every way to waive a fee sets it anew, and there are at least two.
    Survivor("interaction_terms", "_waived", "0  →  1"),
    # Redemption options expect nothing of their own.
    Survivor(
        "interaction_terms",
        "_redeemed",
        "for (benefit, at) if not isinstance(benefit, Redeem)  →  for (benefit, at) if any",
    ),
    # Only redemption options are ever looked up.
    Survivor("redemption", "granting", "for right if isinstance(right, Redeem)  →  for right if any"),
    # Short cuts: without any question, and for one cell, all answers are alike; so are those known already.
    Survivor(
        "reckoner",
        "Reckoner._told_apart",
        "not asked or len(cells) == 1  →  not asked and len(cells) == 1",
    ),
    Survivor("reckoner", "Reckoner.spread", "for key if key not in known  →  for key if any"),
    # Only a part that is in no cell has an empty group, and then it is the only one.
    Survivor("reckoner", "Reckoner.spread", "continue  →  break"),
    # Nothing more is spent in a wider scope: nothing is added either way.
    Survivor("stacking_terms", "stacked", "rest > 0  →  rest >= 0"),
    # How much a sum varies for its mean doesn't depend on the unit that all its weights have.
    Survivor("spending", "Spending.amount", "1  →  2"),
    # No two categories vary: there is nothing that a correlation could join.
    Survivor("spending", "Spending._cv", "0.0  →  1.0"),
    # Any point beyond the last bend lies on the same straight line.
    Survivor("stacking", "expected_best", "1  →  2"),
    Survivor("stacking", "_reaches", "1  →  2"),
    # Slices end where the list does.
    Survivor("stacking", "_reaches", "1  →  2"),
    Survivor("compound", "convolved", "1  →  2"),
    # The ends of a piece are knots already.
    Survivor("stacking", "_reaches", "reach >= low  →  reach > low"),
    Survivor("stacking", "_reaches", "reach <= high  →  reach < high"),
    # As many units as there are cells: the units are the cells either way.
    Survivor("capping", "expected_capped_sum", "units <= CELLS  →  units < CELLS"),
    Survivor("nested", "_under_cap", "inner <= CELLS  →  inner < CELLS"),
    # Of two equal caps either may be kept.
    Survivor("capping", "_levels", "cap.most < first.most  →  cap.most <= first.most"),
    # How many cells are enough, and from where on a count is halved, are choices; tests hold the error.
    Survivor("compound", "", "500.0  →  501.0"),
    Survivor("compound", "compound", "count.mean > UNDERFLOW  →  count.mean >= UNDERFLOW"),
    Survivor("nested", "", "12  →  13"),
    # What lies beyond the last cell is not asked for, or is nothing.
    Survivor("compound", "convolved", "len(left) + size - 1  →  len(left) + size + 1"),
    Survivor("compound", "limited_sums", "1  →  2"),
    Survivor("nested", "_limited_sums", "1  →  2"),
    Survivor("nested", "_limited_sums", "floor  →  ceil"),
    # Cells once as wide are the same cells.
    Survivor("nested", "_limited_sums", "wider > 1  →  wider >= 1"),
    # A Poisson count has a = 0: what is added is nothing.
    Survivor("compound", "_panjer", "0  →  1"),
    # No amount is below nothing, and at most no steps are none.
    Survivor("whole_steps", "WholeSteps.at_least", "count <= 0  →  count < 0"),
    Survivor("whole_steps", "WholeSteps.limited_expected_value", "limit <= 0  →  limit < 0"),
)
