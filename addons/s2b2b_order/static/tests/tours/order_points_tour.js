import { registry } from "@web/core/registry";

/** The server prices the order again: on a busy machine that may take longer than a click. */
const SLOW = 40000;

/** A member takes a gift and a discount for its points, and sees what each of them costs. */
registry.category("web_tour.tours").add("s2b2b_order_points_and_gift", {
    url: "/my/order/new",
    steps: () => [
        {
            trigger: "#s2b2b_term",
            run: "edit lamp",
        },
        {
            trigger: ".o_s2b2b_found [data-code='L-1'] input[name=quantity]",
            run: "edit 10",
        },
        {
            trigger: ".o_s2b2b_found [data-code='L-1'] button:contains('Add')",
            run: "click",
        },
        {
            trigger: ".o_s2b2b_summary:contains('180.00'):not(:has([data-s2b2b-discount]))",
        },
        {
            content: "All points as a discount",
            trigger: "#s2b2b_points",
            run: "click",
        },
        {
            trigger: ".o_s2b2b_summary:contains('130.00') [data-s2b2b-discount]:contains('50.00')",
            timeout: SLOW,
        },
        {
            content: "What the points do not pay for is not offered",
            trigger: "#s2b2b_gift:contains('Mug: 300 points'):not(:contains('501'))",
            run: "selectByLabel Mug",
        },
        {
            content: "The gift comes first, the discount is for the rest",
            trigger: ".o_s2b2b_summary:contains('160.00') [data-s2b2b-gift]:contains('300 points')",
            timeout: SLOW,
        },
        {
            trigger: "[data-s2b2b-discount]:contains('20.00')",
        },
        {
            trigger: "button[name=place]:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_s2b2b_live:contains('Mug'):contains('160.00')",
        },
    ],
});

/** The order is held: it can be paid ahead, more credit asked for, or it is given up. */
registry.category("web_tour.tours").add("s2b2b_order_ways_out", {
    steps: () => [
        {
            trigger: ".o_s2b2b_live a[href^='/my/orders/']:contains('Pay this order ahead')",
        },
        {
            trigger: "form[data-url$='/credit'] button:contains('Ask for more credit')",
            run: "click",
        },
        {
            content: "It was asked for, and cannot be asked for twice",
            trigger: ".o_s2b2b_live:contains('More credit was asked for')",
        },
        {
            trigger: ".o_s2b2b_live:not(:has(form[data-url$='/credit']))",
        },
        {
            content: "The button that gives it up is behind another click",
            trigger: "details summary:contains('Cancel the order')",
            run: "click",
        },
        {
            trigger: "form[data-url$='/cancel'] button:contains('Yes, cancel it')",
            run: "click",
        },
        {
            trigger: "[data-state='cancelled']",
        },
        {
            trigger: ".o_s2b2b_live:not(:has(form[data-url$='/cancel'])):not(:contains('Pay this'))",
        },
    ],
});
