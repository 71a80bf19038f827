import { registry } from "@web/core/registry";

/** A member orders twelve lamps and three vases, urgently. */
registry.category("web_tour.tours").add("s2b2b_order_member_orders", {
    url: "/my/order/new",
    steps: () => [
        {
            content: "Search for the lamp",
            trigger: "#s2b2b_term",
            run: "edit lamp",
        },
        {
            content: "The Gold price and the free stock are shown",
            trigger: ".o_s2b2b_found [data-code='L-1']:contains('18.00'):contains('106 available')",
        },
        {
            content: "Order none of it",
            trigger: ".o_s2b2b_found [data-code='L-1'] input[name=quantity]",
            run: "edit 0",
        },
        {
            trigger: ".o_s2b2b_found [data-code='L-1'] button:contains('Add')",
            run: "click",
        },
        {
            content: "The line says what is wrong, and nothing can be placed",
            trigger: ".o_s2b2b_lines [data-code='L-1']:contains('must be more than 0')",
        },
        {
            trigger: "button[name=place]:disabled",
        },
        {
            content: "Mend it",
            trigger: ".o_s2b2b_lines [data-code='L-1'] [data-s2b2b-quantity]",
            run: "edit 12",
        },
        {
            trigger: ".o_s2b2b_summary:contains('216.00')",
        },
        {
            content: "Paste a list with an article that there is not",
            trigger: ".o_s2b2b_list summary",
            run: "click",
        },
        {
            trigger: "#s2b2b_list_text",
            run: (helpers) => helpers.edit("V-1 3\nNO-1 2"),
        },
        {
            trigger: ".o_s2b2b_paste button[type=submit]",
            run: "click",
        },
        {
            trigger: ".o_s2b2b_problems:contains('NO-1'):contains('We do not have this article')",
        },
        {
            content: "The good line is in the order",
            trigger: ".o_s2b2b_lines [data-code='V-1']",
        },
        {
            trigger: ".o_s2b2b_types label:contains('Urgent')",
            run: "click",
        },
        {
            trigger: ".o_s2b2b_summary:contains('243.00')",
        },
        {
            trigger: "button[name=place]:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_s2b2b_live .o_s2b2b_urgent",
        },
        {
            trigger: ".o_s2b2b_live [data-state='allocated']",
        },
    ],
});

/** A supplier accepts four of the six that are asked, and ships them. */
registry.category("web_tour.tours").add("s2b2b_order_supplier_ships", {
    url: "/my/supplier/orders",
    steps: () => [
        {
            trigger: ".o_s2b2b_row_urgent:contains('To Answer')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_s2b2b_accept [name^=qty_]",
            run: "edit 4",
        },
        {
            trigger: ".o_s2b2b_accept button[type=submit]",
            run: "click",
        },
        {
            trigger: "[data-state='partial']",
        },
        {
            trigger: "button:contains('We prepare the goods')",
            run: "click",
        },
        {
            trigger: "[data-state='preparing']",
        },
        {
            trigger: ".o_s2b2b_ship [name=carrier]",
            run: "edit DHL",
        },
        {
            trigger: ".o_s2b2b_ship [name=tracking]",
            run: "edit JD0001",
        },
        {
            trigger: ".o_s2b2b_ship button[type=submit]",
            run: "click",
        },
        {
            trigger: "[data-state='shipped']",
        },
        {
            trigger: "[data-parcel]:contains('JD0001')",
        },
    ],
});
