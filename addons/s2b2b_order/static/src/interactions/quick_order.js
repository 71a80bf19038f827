import { browser } from "@web/core/browser/browser";
import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { Interaction } from "@web/public/interaction";

import { OrderDraft } from "./order_draft";
import { getErrorText, getText, showMessage, whileDisabled } from "./portal_page";

const URL = "/my/order/new";
const ADDED_SHOWN = 1200;

/** The page on which a member puts an order together: what is typed here is priced there. */
export class QuickOrder extends Interaction {
    static selector = ".o_s2b2b_quick_order";
    dynamicContent = {
        _root: {
            "t-on-input": this.onInput,
            "t-on-change": this.onChange,
            "t-on-click": this.onClick,
            "t-on-submit.prevent": this.onSubmit,
        },
    };

    setup() {
        this.draft = new OrderDraft(this.el.dataset.draftKey);
        this.queue = Promise.resolve();
        this.token = "";
        this.searchSoon = this.debounced(() => this.search(), 300);
        this.quoteSoon = this.debounced(() => this.quote(), 500);
    }

    start() {
        if (this.draft.load()) {
            this.fillHeader();
            showMessage(this.el, getText(this.el, "retained"), "info");
            this.quote();
        } else {
            this.readHeader();
        }
    }

    onInput(ev) {
        if (ev.target.matches("[data-s2b2b-quantity]")) {
            this.draft.find(this.getProductId(ev.target)).quantity = ev.target.value;
            this.draft.save();
            this.quoteSoon();
        } else if (ev.target.name === "term") {
            this.searchSoon();
        }
    }

    onChange(ev) {
        if (ev.target.name === "file") {
            this.upload(ev.target);
        } else if (ev.target.closest(".o_s2b2b_header")) {
            this.readHeader();
            this.draft.save();
            this.quoteSoon();
        }
    }

    onClick(ev) {
        if (ev.target.closest("[data-s2b2b-remove]")) {
            this.draft.remove(this.getProductId(ev.target));
            this.draft.save();
            this.quote();
        } else if (ev.target.closest("[data-s2b2b-more]")) {
            this.search(this.next);
        }
    }

    async onSubmit(ev) {
        const form = ev.target;
        if (form.matches(".o_s2b2b_find")) {
            await this.search();
        } else if (form.matches(".o_s2b2b_add")) {
            await whileDisabled(form, () => this.add(form));
        } else if (form.matches(".o_s2b2b_paste")) {
            await whileDisabled(form, () => this.addList({ text: form.elements.text.value }));
        } else {
            await this.place(form);
        }
    }

    getProductId(element) {
        return Number(element.closest("[data-product-id]").dataset.productId);
    }

    readHeader() {
        const form = this.el.querySelector(".o_s2b2b_header");
        this.draft.header = Object.fromEntries(new FormData(form));
    }

    fillHeader() {
        const form = this.el.querySelector(".o_s2b2b_header");
        for (const [name, value] of Object.entries(this.draft.header)) {
            const element = form.elements[name];
            if (element?.type === "checkbox") {
                element.checked = Boolean(value);
            } else if (element && value) {
                element.value = value;
            }
        }
        this.readHeader();
    }

    async call(route, params) {
        try {
            return await this.waitFor(rpc(`${URL}/${route}`, params));
        } catch (error) {
            showMessage(this.el, getErrorText(this.el, error));
            return null;
        }
    }

    async search(offset = 0) {
        const term = this.el.querySelector("[name=term]").value.trim();
        const found = this.el.querySelector(".o_s2b2b_found");
        const more = this.el.querySelector("[data-s2b2b-more]");
        this.term = term;
        if (!term) {
            found.replaceChildren();
            more.classList.add("d-none");
            return;
        }
        const answer = await this.call("search", { term, offset });
        if (answer && this.term === term) {
            if (offset) {
                found.insertAdjacentHTML("beforeend", answer.html);
            } else {
                found.innerHTML = answer.html;
            }
            this.next = answer.next;
            more.classList.toggle("d-none", !answer.next);
        }
    }

    async add(form) {
        const product_id = this.getProductId(form);
        const quantity = form.elements.quantity.value;
        const answer = await this.quote({ added: [{ product_id, quantity }] });
        const button = form.querySelector("button");
        if (answer) {
            button.classList.replace("btn-outline-primary", "btn-success");
            this.waitForTimeout(
                () => button.classList.replace("btn-success", "btn-outline-primary"),
                ADDED_SHOWN
            );
        }
    }

    async upload(input) {
        const [file] = input.files;
        if (file) {
            const content = (await getDataURLFromFile(file)).split(",", 2)[1];
            await this.addList({ file: { name: file.name, content } });
            input.value = "";
        }
    }

    /** Add a list; of what was pasted only the lines that are to be mended stay. */
    async addList(list) {
        const answer = await this.quote(list);
        if (!answer) {
            return;
        }
        const rest = answer.problems.map((row) => `${row.article}\t${row.quantity}`).join("\n");
        this.el.querySelector(".o_s2b2b_problems").innerHTML = answer.problems_html;
        this.el.querySelector("#s2b2b_list_text").value = rest;
        if (!answer.problems.length) {
            showMessage(this.el, answer.message, "success");
        }
    }

    /** Have the order priced, with what is added to it; one call after the other. */
    quote(added = {}) {
        const turn = this.queue.then(() => this.quoteNow(added));
        this.queue = turn.catch(() => {});
        return turn;
    }

    async quoteNow(added) {
        const content = this.draft.getContent();
        const answer = await this.call("quote", { ...content, ...added });
        if (answer) {
            if (this.draft.merge(content.lines, answer.lines)) {
                this.quoteSoon();
            }
            this.show(answer);
        }
        return answer;
    }

    /** Show what the server says about the order, without taking the cursor from who types. */
    show(answer) {
        const focused = document.activeElement;
        const isTyping = focused?.matches("[data-s2b2b-quantity]") && this.el.contains(focused);
        const typing = isTyping && [this.getProductId(focused), focused.selectionStart];
        this.token = answer.token;
        this.el.querySelector(".o_s2b2b_lines").innerHTML = answer.html;
        this.el.querySelector(".o_s2b2b_summary").innerHTML = answer.summary;
        this.el.querySelector("[data-s2b2b-hint]").textContent = answer.hint;
        for (const place of this.el.querySelectorAll("[data-s2b2b-error]")) {
            place.textContent = answer.header_errors[place.dataset.s2b2bError] || "";
        }
        for (const input of this.el.querySelectorAll("[data-s2b2b-quantity]")) {
            const productId = this.getProductId(input);
            input.value = this.draft.find(productId)?.quantity ?? input.value;
            if (typing && typing[0] === productId) {
                input.focus();
                input.setSelectionRange(typing[1], typing[1]);
            }
        }
        this.el.querySelector("[name=place]").disabled =
            !this.draft.lines.length || answer.errors > 0;
    }

    async place(form, confirmed = []) {
        this.readHeader();
        await this.queue;
        showMessage(this.el, "");
        const answer = await whileDisabled(form, () =>
            this.call("place", {
                key: this.draft.key,
                token: this.token,
                confirmed,
                ...this.draft.getContent(),
            })
        );
        if (answer?.url && !answer.is_other) {
            this.draft.forget();
            browser.location.assign(answer.url);
        } else if (answer?.url) {
            this.draft.renew();
            this.draft.save();
            this.showLink(showMessage(this.el, answer.message, "warning"), answer);
        } else if (answer) {
            this.show(answer);
            if (answer.question) {
                this.ask(form, answer.question, confirmed);
            }
        }
    }

    showLink(box, { url, name }) {
        const link = document.createElement("a");
        Object.assign(link, { href: url, textContent: name, className: "alert-link ms-2" });
        box.append(link);
    }

    ask(form, { kind, message }, confirmed) {
        const box = showMessage(this.el, message, "warning");
        const button = document.createElement("button");
        Object.assign(button, {
            type: "button",
            className: "btn btn-warning d-block mt-2",
            textContent: getText(this.el, "confirm"),
        });
        this.addListener(button, "click", () => this.place(form, [...confirmed, kind]));
        box.append(button);
    }
}

registry.category("public.interactions").add("s2b2b_order.quick_order", QuickOrder);
