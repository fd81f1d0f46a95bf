package io.sluice.redaction.detect;

/**
 * Finds identifiers of devices and installations behind their labels ({@code device_id=}, {@code idfa:}, {@code IMEI}),
 * and UUIDs (RFC 9562) with a word such as {@code device} shortly before. A UUID alone is mostly a request's and is left.
 */
final class DeviceIdDetector implements Detector {
    private static final String[] LABELS = {
        "device_id",
        "deviceid",
        "device-id",
        "device id",
        "device_uuid",
        "deviceuuid",
        "idfa",
        "idfv",
        "gaid",
        "adid",
        "aaid",
        "android_id",
        "androidid",
        "imei",
        "imsi",
        "udid",
        "anonymous_id",
        "anonymousid",
        "visitor_id",
        "visitorid",
        "client_id",
        "clientid",
        "install_id",
        "installation_id",
        "installationid",
        "machine_id",
        "machineid",
        "hardware_id",
        "fingerprint",
        "serial_number",
        "serialnumber",
        "fcm_token",
        "push_token"
    };
    private static final Literals BY_FIRST = Literals.of(LABELS);
    private static final Words CONTEXT = Words.of(
            "device",
            "idfa",
            "idfv",
            "gaid",
            "advertising",
            "installation",
            "install",
            "visitor",
            "anonymous",
            "machine",
            "handset",
            "phone",
            "imei",
            "udid",
            "hardware",
            "appareil",
            "tracker",
            "browser id");
    private static final int DISTANCE = 24;
    private static final int UUID_LENGTH = 36;

    @Override
    public String name() {
        return "device-id";
    }

    @Override
    public DataCategory category() {
        return DataCategory.DEVICE_ID;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("********-****-****-").and(Triggers.literals(LABELS));
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (text.at(at + 8) == '-' && isUuid(text, at)) {
            if (CONTEXT.before(text, at, DISTANCE)) {
                into.found(at, at + UUID_LENGTH);
            }
            return;
        }
        for (String label : BY_FIRST.beginningAt(text, at)) {
            int end = at + label.length();
            if (text.hasIgnoringCase(at, label) && !Chars.isWord(text.at(end)) && Label.begins(text, at)) {
                Label.Value value = Label.value(text, end);
                if (value != null && value.length() >= 6) {
                    into.looked(value.end());
                    into.found(value.start(), value.end());
                }
                return;
            }
        }
    }

    private static boolean isUuid(Text text, int at) {
        if (Chars.isWord(text.at(at - 1)) || Chars.isWord(text.at(at + UUID_LENGTH))) {
            return false;
        }
        for (int i = 0; i < UUID_LENGTH; i++) {
            char c = text.at(at + i);
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            if (hyphen ? c != '-' : !Chars.isHex(c)) {
                return false;
            }
        }
        return true;
    }
}
