import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("s2b2b_supplier_claim", {
    steps: () => [
        {
            content: "The claim waits for an answer",
            trigger: ".list-group-item:contains('Answer by')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#answer_text",
            run: "edit The carrier dropped a pallet.",
        },
        {
            trigger: "#answer_offer",
            run: "selectByLabel Price Cut",
        },
        {
            content: "Mistype the amount",
            trigger: "#answer_amount",
            run: "edit 12.5o",
        },
        {
            trigger: "button:contains('Send Answer')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is named, and what was written is still there",
            trigger: "#answer .alert-danger",
        },
        {
            trigger: "#answer_text:value('The carrier dropped a pallet.')",
        },
        {
            trigger: "#answer_amount",
            run: "edit 12.50",
        },
        {
            trigger: "button:contains('Send Answer')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains('we have your answer')",
        },
        {
            trigger: ".badge:contains('Answered')",
        },
    ],
});

registry.category("web_tour.tours").add("s2b2b_supplier_rectification", {
    steps: () => [
        {
            trigger: ".list-group-item:contains('Answer by')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "What went wrong is named",
            trigger: "form ul:contains('late')",
        },
        {
            trigger: "textarea[name^='root_cause_']",
            run: "edit One truck for two regions.",
        },
        {
            trigger: "textarea[name^='action_']",
            run: "edit A second truck.",
        },
        {
            trigger: "input[name^='done_date_']",
            run() {
                this.anchor.value = `${new Date().getFullYear() + 1}-01-15`;
            },
        },
        {
            trigger: "button:contains('Send Answer')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains('we check your answer')",
        },
    ],
});

registry.category("web_tour.tours").add("s2b2b_supplier_contest", {
    steps: () => [
        {
            content: "The latest scorecard",
            trigger: ".list-group-item:has(.fw-bold)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "a[href$='/on_time']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_s2b2b_delivery:contains('days late') input[type='checkbox']",
            run: "check",
        },
        {
            trigger: "#contest_text",
            run: "edit The lorry waited at your gate.",
        },
        {
            trigger: "button:contains('Contest')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#contest:contains('We will answer here')",
        },
    ],
});

registry.category("web_tour.tours").add("s2b2b_supplier_dashboard", {
    steps: () => [
        {
            content: "Nothing is in trouble but one claim",
            trigger: ".o_s2b2b_tile[data-key='claims'] .o_s2b2b_count:contains('1')",
            run: "click",
        },
        {
            trigger: ".o_data_cell:contains('Ashford Foods'), .o_kanban_record:contains('Ashford Foods')",
            run: "click",
        },
        {
            content: "The answer was looked at: decide",
            trigger: "button[name='action_resolve']",
            run: "click",
        },
        {
            trigger: ".modal-footer .btn-primary",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status .o_arrow_button_current:contains('Refused')",
        },
    ],
});
