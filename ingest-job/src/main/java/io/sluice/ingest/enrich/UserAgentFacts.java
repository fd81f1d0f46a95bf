package io.sluice.ingest.enrich;

import io.sluice.redaction.event.Event;
import io.sluice.redaction.event.Fields;
import io.sluice.redaction.event.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a user agent tells.
 *
 * @param name family of the browser or program, {@code Other} if unknown
 * @param version its major version
 * @param os family of the operating system, {@code Other} if unknown
 * @param device class of the device
 */
record UserAgentFacts(Value name, @Nullable Value version, Value os, DeviceType device) {
    /** Of no user agent. */
    static final UserAgentFacts UNKNOWN =
            new UserAgentFacts(UserAgentRules.OTHER, null, UserAgentRules.OTHER, DeviceType.OTHER);

    private static final Value ROBOT = new Value.Flag(true);
    private static final Value NO_ROBOT = new Value.Flag(false);

    void putInto(Event event) {
        event.set(Fields.USER_AGENT_NAME, name);
        if (version != null) {
            event.set(Fields.USER_AGENT_VERSION, version);
        }
        event.set(Fields.USER_AGENT_OS, os);
        event.set(Fields.USER_AGENT_DEVICE_TYPE, device.value());
        event.set(Fields.USER_AGENT_ROBOT, device == DeviceType.ROBOT ? ROBOT : NO_ROBOT);
    }
}
