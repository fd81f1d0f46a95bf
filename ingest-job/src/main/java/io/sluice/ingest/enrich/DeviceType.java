package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

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

    /**
     * The class with what a browser says of itself: it tells phones from tablets, where a reduced user agent may not, and
     * fills in where that says nothing.
     *
     * @param mobile whether pages for phones are wanted; null if that is not said
     * @param os the operating system
     */
    DeviceType hinted(@Nullable Boolean mobile, Value os) {
        boolean handheld = this == MOBILE || this == TABLET || (this == OTHER && HintNames.isHandheld(os));
        if (mobile != null && (handheld || (this == OTHER && mobile))) {
            return mobile ? MOBILE : TABLET;
        }
        return this == OTHER && !handheld && HintNames.isSystem(os) ? DESKTOP : this;
    }
}
