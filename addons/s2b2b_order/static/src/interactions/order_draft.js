import { browser } from "@web/core/browser/browser";

/** Return a key that no other request has; also where the page is not served by HTTPS. */
function makeKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The order that is being typed: it survives a lost connection, a reload and a closed browser.
 *
 * ``lines`` are [{product_id, quantity}] as typed, ``header`` the other fields of the page, ``key``
 * makes placing it idempotent.
 */
export class OrderDraft {
    constructor(name) {
        this.place = `s2b2b_order.draft.${name}`;
        this.clear();
    }

    load() {
        try {
            Object.assign(this, JSON.parse(browser.localStorage.getItem(this.place)));
        } catch {
            this.clear();
        }
        return this.lines.length > 0;
    }

    save() {
        const { key, lines, header } = this;
        try {
            browser.localStorage.setItem(this.place, JSON.stringify({ key, lines, header }));
        } catch {
            // a full or forbidden storage: the page works without a copy
        }
    }

    clear() {
        this.renew();
        this.lines = [];
        this.header = {};
    }

    forget() {
        browser.localStorage.removeItem(this.place);
        this.clear();
    }

    renew() {
        this.key = makeKey();
    }

    find(productId) {
        return this.lines.find((line) => line.product_id === productId);
    }

    remove(productId) {
        this.lines = this.lines.filter((line) => line.product_id !== productId);
    }

    getContent() {
        return { lines: this.lines.map((line) => ({ ...line })), ...this.header };
    }

    /**
     * Take the lines that the server has made of those that were ``sent``; what the user has
     * changed or removed since then stays as it is.
     *
     * @returns {boolean} whether the server has not seen all of it yet
     */
    merge(sent, answered) {
        const before = new Map(sent.map((line) => [line.product_id, line.quantity]));
        let isNewer = false;
        const merged = [];
        for (const line of answered) {
            const own = this.find(line.product_id);
            const known = before.get(line.product_id);
            if (known !== undefined && !own) {
                isNewer = true;
            } else if (own && own.quantity !== known) {
                isNewer = true;
                merged.push(own);
            } else {
                merged.push(line);
            }
        }
        this.lines = merged;
        this.save();
        return isNewer;
    }
}
