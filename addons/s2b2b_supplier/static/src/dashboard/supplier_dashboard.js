import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

export class SupplierDashboard extends Component {
    static template = "s2b2b_supplier.Dashboard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ sections: [], grades: [], movement: { up: 0, down: 0, rows: [] } });
        onWillStart(async () => {
            Object.assign(
                this.state,
                await this.orm.call("s2b2b.supplier.dashboard", "get_dashboard", [])
            );
        });
    }

    get display() {
        return { controlPanel: {} };
    }

    open(action) {
        return this.action.doAction(action);
    }
}

registry.category("actions").add("s2b2b_supplier_dashboard", SupplierDashboard);
