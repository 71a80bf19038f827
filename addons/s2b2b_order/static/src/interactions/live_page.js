import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

import { getErrorText, localizeTimes, showMessage, whileDisabled } from "./portal_page";

const NOTIFICATION = "s2b2b.order_status";
const POLLING_DELAY = 10000;

/**
 * A page whose fragment follows what happens to an order, and whose forms act on it.
 *
 * It is told by the bus; while there is no connection to it, the page asks every ten seconds.
 */
export class LivePage extends Interaction {
    static selector = ".o_s2b2b_live";
    dynamicContent = {
        _root: { "t-on-submit.prevent": this.onSubmit },
        _document: { "t-on-visibilitychange": this.refreshWhenAlone },
    };

    setup() {
        this.fragment = this.el.querySelector(".o_s2b2b_fragment");
        this.refreshSoon = this.debounced(this.refresh, 200);
    }

    start() {
        localizeTimes(this.fragment);
        const bus = this.services.bus_service;
        const onStatus = (payload) => this.onStatus(payload);
        const onReconnect = () => this.refreshSoon();
        bus.subscribe(NOTIFICATION, onStatus);
        bus.addEventListener("BUS:RECONNECT", onReconnect);
        const timer = setInterval(() => this.refreshWhenAlone(), POLLING_DELAY);
        this.registerCleanup(() => {
            bus.unsubscribe(NOTIFICATION, onStatus);
            bus.removeEventListener("BUS:RECONNECT", onReconnect);
            clearInterval(timer);
        });
        bus.start();
    }

    onStatus(payload) {
        const { busKey, recordId } = this.el.dataset;
        if (busKey in payload && (!recordId || payload[busKey] === Number(recordId))) {
            this.refreshSoon();
        }
    }

    refreshWhenAlone() {
        if (!document.hidden && this.services.bus_service.workerState !== "CONNECTED") {
            this.refreshSoon();
        }
    }

    async refresh() {
        const { fragmentUrl, fragmentParams } = this.el.dataset;
        let answer;
        try {
            answer = await this.waitFor(
                rpc(fragmentUrl, JSON.parse(fragmentParams || "{}"), { silent: true })
            );
        } catch {
            return; // what is shown stays; the next notification or tick tries again
        }
        const typed = this.getTyped();
        this.replace(answer.html);
        this.restore(typed);
    }

    async onSubmit(ev) {
        const form = ev.target;
        const values = Object.fromEntries(new FormData(form));
        showMessage(this.el, "");
        await whileDisabled(form, async () => {
            try {
                const answer = await this.waitFor(rpc(form.dataset.url, { values }));
                this.replace(answer.html);
                showMessage(this.el, answer.message, "success");
            } catch (error) {
                showMessage(this.el, getErrorText(this.el, error));
            }
        });
    }

    replace(html) {
        if (html !== this.html) {
            this.html = html;
            this.fragment.innerHTML = html;
            localizeTimes(this.fragment);
        }
    }

    /** Return what the user has typed or opened, by form and name. */
    getTyped() {
        const fields = [...this.fragment.querySelectorAll("input, textarea")];
        return {
            values: fields
                .filter((field) => field.name && field.value !== field.defaultValue)
                .map((field) => [field.form.dataset.url, field.name, field.value]),
            open: [...this.fragment.querySelectorAll("details")].map((details) => details.open),
            focused: this.fragment.contains(document.activeElement)
                ? document.activeElement.name
                : null,
        };
    }

    restore({ values, open, focused }) {
        for (const [url, name, value] of values) {
            const form = this.fragment.querySelector(`form[data-url="${url}"]`);
            const field = form?.elements[name];
            if (field) {
                field.value = value;
            }
        }
        const details = this.fragment.querySelectorAll("details");
        details.forEach((element, index) => (element.open = Boolean(open[index])));
        if (focused) {
            this.fragment.querySelector(`[name="${focused}"]`)?.focus();
        }
    }
}

registry.category("public.interactions").add("s2b2b_order.live_page", LivePage);
