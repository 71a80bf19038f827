from odoo import fields, http
from odoo.http import request

from .portal import OrderPortal

SCOPE = "quick_order"
PAGE = 12


class QuickOrderPortal(OrderPortal):
    @http.route("/my/order/new", type="http", auth="user", website=True, readonly=True)
    def portal_quick_order(self, **_query):
        self._order_allowed(request.env["s2b2b.portal.access"]._get_member, "see")
        member = request.env["s2b2b.portal.access"]._get_member("order")
        reader = self._quick_model("s2b2b.basket")
        addresses = reader._get_addresses(member)
        write = request.env["s2b2b.portal.text"]
        values = {
            "page_name": "quick_order",
            "types": reader._get_types(),
            "default_type": reader._read_type(None),
            "addresses": [(a.id, ", ".join(write._address(a))) for a in addresses],
            "today": fields.Date.context_today(reader).isoformat(),
            "draft_key": f"{request.env.uid}-{request.env.company.id}",
            **self._prepare_quick_basket(member, {}),
        }
        return self._render_order_page("s2b2b_order.portal_quick_order", values)

    @http.route("/my/order/new/search", type="jsonrpc", auth="user", website=True, methods=["POST"])
    def portal_quick_order_search(self, term="", offset=0):
        member = request.env["s2b2b.portal.access"]._get_member("order")
        catalogue = self._quick_model("s2b2b.catalogue")
        start = catalogue.env["s2b2b.basket"]._as_id(offset)
        products, following = catalogue._search_page(str(term)[:100], start, PAGE)
        values = {"products": self._prepare_quick_products(member, products), "term": term}
        html = self._render_order_fragment("s2b2b_order.quick_order_products", values)
        return {"html": html, "next": following}

    @http.route("/my/order/new/quote", type="jsonrpc", auth="user", website=True, methods=["POST"])
    def portal_quick_order_quote(self, added=(), text="", file=None, **raw):
        """Quote the basket of the page, with what the user has added to it."""
        member = request.env["s2b2b.portal.access"]._get_member("order")
        found, problems = self._quick_model("s2b2b.order.list")._read(text, file)
        found += self._read_quick_added(added)
        raw["lines"] = self._quick_model("s2b2b.basket")._merge(raw.get("lines"), found)
        return {
            **self._get_quick_answer(member, raw),
            "lines": raw["lines"],
            "problems": problems,
            "problems_html": self._render_order_fragment(
                "s2b2b_order.quick_order_problems", {"problems": problems}
            ),
            "message": request.env._("%(count)s lines are added.", count=len(found)),
        }

    @http.route("/my/order/new/place", type="jsonrpc", auth="user", website=True, methods=["POST"])
    def portal_quick_order_place(self, key="", token="", confirmed=(), **raw):
        """Place the order once, however often the page asks for it with the same ``key``."""
        member = request.env["s2b2b.portal.access"]._get_member("order")
        call = request.env["s2b2b.request.key"]._claim(SCOPE, key, raw)
        if call.answer:
            return self._prepare_quick_repeated(call, raw)
        quick = self._quick_model("s2b2b.quick.order")
        basket = self._quick_model("s2b2b.basket")._read(member, raw)
        question = self._find_quick_question(quick, basket, token, confirmed)
        if question is not None or basket.has_errors():
            call.unlink()
            return {**self._get_quick_answer(member, raw), "question": question}
        order = quick._create_order(basket, token)
        return call._keep({"url": f"/my/order/{order.id}", "name": order.name})

    def _prepare_quick_repeated(self, call, raw):
        """Return the answer that was given before, and whether it was to something else."""
        message = request.env._(
            "This order was placed already, before you changed it. What you see now is not ordered."
        )
        return {**call.answer, "is_other": not call._is_same(raw), "message": message}

    def _find_quick_question(self, quick, basket, token, confirmed):
        """Return what the member has to be asked before the order is placed, or None."""
        quote = quick._quote(basket)
        same = quick._find_same_reference(basket)
        if same and "reference" not in confirmed:
            return {
                "kind": "reference",
                "message": request.env._(
                    "Order %(order)s has the same reference already. Place another one?",
                    order=same.name,
                ),
            }
        changes = quick._get_price_changes(basket, quote, token)
        if not changes:
            return None
        return {"kind": "price", "message": self._get_price_change_text(basket, quote, changes)}

    def _get_price_change_text(self, basket, quote, changes):
        texts = [
            f"{entry.product.name}: {quote.currency.format(changes[entry.product.id])} → "
            f"{quote.currency.format(quote.lines[entry.product.id]['price'])}"
            for entry in basket.entries
            if entry.product.id in changes
        ]
        return request.env._(
            "Prices have changed since they were shown: %(changes)s. Place the order at the new "
            "prices?",
            changes="; ".join(texts),
        )

    def _read_quick_added(self, added):
        lines = request.env["s2b2b.basket"]._check_lines(added)
        texts = {line["product_id"]: line["quantity"] for line in lines}
        products = self._quick_model("s2b2b.catalogue")._find_offered(list(texts))
        return [(product, texts[product.id]) for product in products]

    def _get_quick_answer(self, member, raw):
        values = self._prepare_quick_basket(member, raw)
        return {
            "html": self._render_order_fragment("s2b2b_order.quick_order_lines", values),
            "summary": self._render_order_fragment("s2b2b_order.quick_order_summary", values),
            "errors": values["error_count"],
            "header_errors": values["errors"],
            "hint": values["quote"].hint,
            "token": values["quote"].token,
        }

    def _prepare_quick_basket(self, member, raw):
        """Return what the fragments of the basket show."""
        basket = self._quick_model("s2b2b.basket")._read(member, raw)
        quote = self._quick_model("s2b2b.quick.order")._quote(basket)
        lines = [self._prepare_quick_line(entry, quote) for entry in basket.entries]
        return {
            "basket": basket,
            "quote": quote,
            "lines": lines,
            "errors": basket.errors,
            "error_count": sum(bool(line["error"]) for line in lines) + len(basket.errors),
        }

    def _prepare_quick_line(self, entry, quote):
        figures = quote.lines[entry.product.id]
        return {
            **self._prepare_quick_product(entry.product, figures, quote.currency, entry.quantity),
            "text": entry.text,
            "error": entry.error,
            "subtotal": figures["subtotal"],
            "currency": quote.currency,
        }

    def _prepare_quick_products(self, member, products):
        catalogue = self._quick_model("s2b2b.catalogue")
        pricelist = member.property_product_pricelist
        currency = pricelist.currency_id or request.env.company.currency_id
        prices = catalogue._get_prices(products, pricelist)
        availability = catalogue._get_availability(products)
        rows = []
        for product in products:
            price, list_price, breaks = prices[product]
            figures = {
                "price": price,
                "list_price": list_price,
                "breaks": breaks,
                "availability": availability[product],
            }
            rows.append(self._prepare_quick_product(product, figures, currency))
        return rows

    def _prepare_quick_product(self, product, figures, currency, quantity=0.0):
        catalogue = request.env["s2b2b.catalogue"]
        write = request.env["s2b2b.portal.text"]
        price, list_price = figures["price"], figures["list_price"]
        is_reduced = currency.compare_amounts(list_price, price) > 0
        return {
            "id": product.id,
            "name": product.name,
            "variant": product.product_template_attribute_value_ids._get_combination_name(),
            "code": product.default_code or product.barcode or "",
            "unit": product.uom_id.name,
            "price": write._price(price, currency),
            "list_price": write._price(list_price, currency) if is_reduced else "",
            "breaks": [
                (write._quantity(least), write._price(less, currency))
                for least, less in figures["breaks"]
            ],
            "availability": catalogue._describe_availability(figures["availability"], quantity),
        }

    def _quick_model(self, model):
        member = request.env.user.partner_id.commercial_partner_id
        for_member = request.env[model].with_context(buying_member_id=member.id)
        # sudo: the member orders what it may not read; each route has checked its user before
        return for_member.sudo()
