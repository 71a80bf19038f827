"""What a supplier has asked for in its portal and nobody has decided yet."""

PROPOSALS = (
    ("Elderflower Cordial, 6 x 500 ml", "5000159484695", "EL-ELD-6", 14.4, "submitted"),
    ("Ginger Beer, 24 x 330 ml", "5000112637922", "EL-GIN-24", 17.9, "submitted"),
    ("Rhubarb Syrup, 12 x 350 ml", "5010477348678", "EL-RHU-12", 21.0, "draft"),
)
RISE = 1.12
BANK = {
    "acc_number": "GB29NWBK60161331926819",
    "acc_holder_name": "Exotic Liquids",
    "bank_name": "NatWest",
    "bank_bic": "NWBKGB2L",
}


def tell(env):
    """Once for each company: a dearer price, proposals; once for all: another bank account."""
    supplier = env.ref("s2b2b_supplier.supplier_exotic_liquids")
    contact = env.ref("s2b2b_supplier.user_supplier1").partner_id
    env.company.write(
        {
            "supplier_applications": True,
            "supplier_api": True,
            "offer_approval_price": True,
            "offer_approval_percent": 5,
        }
    )
    proposals = env["s2b2b.product.proposal"]
    own = [("partner_id", "=", supplier.id), ("company_id", "=", env.company.id)]
    if not proposals.search_count(own, limit=1):
        _propose(proposals, supplier, contact)
        _ask_for_more(env, supplier, contact)
    changes = env["s2b2b.bank.change"]
    if not changes.search_count([("partner_id", "=", supplier.id)], limit=1):
        changes._propose(supplier, contact, BANK)
    env["mail.mail"].search([("state", "=", "outgoing")]).unlink()


def _propose(proposals, supplier, contact):
    category = supplier.supplier_category_ids[:1]
    for name, barcode, code, price, state in PROPOSALS:
        proposal = proposals.create(
            {
                "name": name,
                "partner_id": supplier.id,
                "contact_id": contact.id,
                "barcode": barcode,
                "product_code": code,
                "category_id": category.id,
                "price": price,
                "min_qty": 10,
                "delay": 3,
            }
        )
        if state == "submitted":
            proposal.action_submit()


def _ask_for_more(env, supplier, contact):
    """The supplier wants more for one of its offers, and adds a price break to it."""
    pages = env["s2b2b.supplier.portal"]
    offer = env["product.supplierinfo"].search(
        [("partner_id", "=", supplier.id), ("company_id", "in", [False, env.company.id])],
        order="price desc",
        limit=1,
    )
    if offer:
        rise = {"price": f"{offer.price * RISE:.2f}"}
        pages._update_offer(supplier, offer.id, rise, contact)
