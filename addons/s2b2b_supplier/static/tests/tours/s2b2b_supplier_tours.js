import { registry } from "@web/core/registry";

function attachPdf(input, name) {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["%PDF-1.4\n%%EOF\n"], name, { type: "application/pdf" }));
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

registry.category("web_tour.tours").add("s2b2b_supplier_apply", {
    steps: () => [
        {
            content: "Say who applies",
            trigger: "#apply_company_name",
            run: "edit Kendal Mint",
        },
        {
            trigger: "#apply_country_id",
            run: "selectByLabel United Kingdom",
        },
        {
            content: "Mistype the tax number",
            trigger: "#apply_vat",
            run: "edit GB980780685",
        },
        {
            trigger: "#apply_contact_name",
            run: "edit Ann Kendal",
        },
        {
            trigger: "#apply_email",
            run: "edit ann@kendal.example.com",
        },
        {
            trigger: "input[name$='_number']",
            run: "edit GB980780684",
        },
        {
            trigger: "input[name$='_expiry_date']",
            run() {
                this.anchor.value = `${new Date().getFullYear() + 2}-06-30`;
            },
        },
        {
            trigger: "input[type='file']",
            run() {
                attachPdf(this.anchor, "licence.pdf");
            },
        },
        {
            trigger: "button:contains('Send Application')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The mistake is named, the rest is still there",
            trigger: "#apply_vat.is-invalid",
        },
        {
            trigger: "#apply_contact_name:value('Ann Kendal')",
        },
        {
            content: "Mend it; the file has to be chosen again",
            trigger: "#apply_vat",
            run: "edit GB980780684",
        },
        {
            trigger: "input[type='file']",
            run() {
                attachPdf(this.anchor, "licence.pdf");
            },
        },
        {
            trigger: "button:contains('Send Application')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "h1:contains('Thank you for your application')",
        },
    ],
});

registry.category("web_tour.tours").add("s2b2b_supplier_self_service", {
    steps: () => [
        {
            content: "A licence is about to expire",
            trigger: ".o_s2b2b_task:contains('Trade Licence')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "#upload_type",
            run: "selectByLabel Trade Licence",
        },
        {
            trigger: "#upload_number",
            run: "edit N-2",
        },
        {
            trigger: "#upload_expiry",
            run() {
                this.anchor.value = `${new Date().getFullYear() + 2}-06-30`;
            },
        },
        {
            trigger: "#upload_files",
            run() {
                attachPdf(this.anchor, "renewal.pdf");
            },
        },
        {
            trigger: "#upload button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".alert-success:contains('We check it')",
        },
        {
            content: "Report what is in stock",
            trigger: ".o_s2b2b_nav a:contains('Catalogue')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_s2b2b_offer summary:contains('Change')",
            run: "click",
        },
        {
            trigger: "input[name='available_qty']",
            run: "edit 80",
        },
        {
            trigger: "button:contains('Report Stock')",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: ".o_s2b2b_offer:contains('80 free of 80'):contains('Saved')",
        },
    ],
});
