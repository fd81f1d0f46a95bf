package io.sluice.redaction.detect;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Finds international bank account numbers (ISO 13616; lengths per country from the SWIFT IBAN registry), in one piece
 * or in groups with single spaces or hyphens between, whatever their case; the check digits hold (MOD 97-10).
 */
final class IbanDetector implements Detector {
    private static final Map<String, Integer> LENGTHS = lengths(
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 "
                    + "EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 "
                    + "IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 "
                    + "MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 "
                    + "SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    private static Map<String, Integer> lengths(String registry) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : registry.split(" ")) {
            lengths.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }

    @Override
    public String name() {
        return "iban";
    }

    @Override
    public DataCategory category() {
        return DataCategory.IBAN;
    }

    @Override
    public Triggers triggers() {
        return Triggers.shapes("^^##");
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (Chars.isWord(text.at(at - 1))) {
            return;
        }
        Integer length = LENGTHS.get(text.part(at, at + 2).toUpperCase(Locale.ROOT));
        if (length == null) {
            return;
        }
        StringBuilder iban = new StringBuilder(length);
        int i = at;
        while (iban.length() < length) {
            char c = text.at(i);
            if (Chars.isAlnum(c)) {
                iban.append(c);
            } else if (c != ' ' && c != '-' || !Chars.isAlnum(text.at(i + 1))) {
                return;
            }
            i++;
        }
        if (!Chars.isWord(text.at(i)) && Checksums.mod97(iban)) {
            into.found(at, i);
        }
    }
}
