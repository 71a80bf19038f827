import { ConnectionLostError, RPCError } from "@web/core/network/rpc";

/** Return a text that the page brings along, in the user's language. */
export function getText(root, name) {
    return root.querySelector(`[data-s2b2b-text="${name}"]`).textContent;
}

/** Return what to tell the user about ``error``: the server's words where it refused. */
export function getErrorText(root, error) {
    if (error instanceof RPCError && error.exceptionName?.startsWith("odoo.exceptions.")) {
        return error.data.message;
    }
    return getText(root, error instanceof ConnectionLostError ? "offline" : "failure");
}

/** Show ``text`` in the message box of the page, and bring it into sight; no text hides it. */
export function showMessage(root, text, level = "danger") {
    const box = root.querySelector("[data-s2b2b-message]");
    box.className = `alert alert-${level}`;
    box.classList.toggle("d-none", !text);
    box.textContent = text || "";
    if (text) {
        box.scrollIntoView({ block: "center", behavior: "smooth" });
    }
    return box;
}

/** Disable the buttons of ``form`` while ``work`` is done: nobody sends it twice. */
export async function whileDisabled(form, work) {
    const buttons = [...form.querySelectorAll("button:not(:disabled)")];
    buttons.forEach((button) => (button.disabled = true));
    try {
        return await work();
    } finally {
        buttons.forEach((button) => (button.disabled = false));
    }
}

/** Write the moments in ``root`` in the time zone of who looks at them. */
export function localizeTimes(root) {
    const lang = document.documentElement.lang || undefined;
    const format = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });
    for (const time of root.querySelectorAll("time[datetime]")) {
        time.textContent = format.format(new Date(time.dateTime));
    }
}
