import { registry } from "@web/core/registry";

/** The page of an order changes by itself while others act on it, and keeps what is typed. */
registry.category("web_tour.tours").add("s2b2b_order_page_is_live", {
    steps: () => [
        {
            trigger: ".o_s2b2b_live [data-state='allocated']",
        },
        {
            trigger: "summary:contains('Report a problem')",
            run: "click",
        },
        {
            trigger: "#s2b2b_problem",
            run: "edit One is broken",
        },
        {
            content: "Meanwhile a supplier accepts: the page asks every ten seconds",
            trigger: ".o_s2b2b_live [data-state='accepted']",
            timeout: 20000,
        },
        {
            trigger: ".o_s2b2b_timeline [data-kind='accepted']",
        },
        {
            content: "What was typed is still there",
            trigger: "#s2b2b_problem:value('One is broken')",
        },
        {
            trigger: "button:contains('Send the report')",
            run: "click",
        },
        {
            trigger: ".alert-success:contains('Thank you')",
        },
    ],
});
