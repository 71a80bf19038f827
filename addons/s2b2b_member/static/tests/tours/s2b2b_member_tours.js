import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("s2b2b_member_membership", {
    steps: () => [
        {
            content: "The home page of the portal leads to the membership",
            trigger: "a[href='/my/membership']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#s2b2b_membership [data-tier]:contains(Gold)",
        },
        {
            content: "What is missing for the next tier is said",
            trigger: "#s2b2b_membership:contains(14,000.00):contains(Diamond)",
        },
    ],
});
