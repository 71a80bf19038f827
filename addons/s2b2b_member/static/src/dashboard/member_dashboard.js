import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

export class MemberDashboard extends Component {
    static template = "s2b2b_member.Dashboard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({ sections: [], tiers: [], trend: false, at_risk: [] });
        onWillStart(async () => {
            Object.assign(
                this.state,
                await this.orm.call("s2b2b.member.dashboard", "get_dashboard", [])
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

registry.category("actions").add("s2b2b_member_dashboard", MemberDashboard);
