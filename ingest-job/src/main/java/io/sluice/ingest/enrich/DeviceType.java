package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;

/** The class of a device, as {@code user_agent.device.type} has it. */
enum DeviceType {
    DESKTOP("desktop"),
    MOBILE("mobile"),
    TABLET("tablet"),
    TV("tv"),
    ROBOT("robot"),
    OTHER("other");

    private final Value.Text value;

    DeviceType(String name) {
        this.value = new Value.Text(name);
    }

    Value value() {
        return value;
    }
}
