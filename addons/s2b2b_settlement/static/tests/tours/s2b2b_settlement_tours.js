import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("s2b2b_settlement_answer", {
    steps: () => [
        {
            content: "The overview says what waits",
            trigger: ".o_s2b2b_task:contains('waits for your answer')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "One delivery is wrong",
            trigger: "label:contains('Tea')",
            run: "click",
        },
        {
            trigger: "#dispute_reason",
            run: "edit Two boxes were sent",
        },
        {
            trigger: "#dispute button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The rest is right",
            trigger: "form[action$='/confirm'] button",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What was disputed has moved on",
            trigger: ".alert-success:contains('confirmed')",
        },
        {
            trigger: "h2:contains('Moved on')",
        },
    ],
});
