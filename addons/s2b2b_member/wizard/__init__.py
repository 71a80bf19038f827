from . import s2b2b_tier_preview, s2b2b_tier_pricelist
