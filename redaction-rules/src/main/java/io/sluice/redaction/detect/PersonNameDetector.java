package io.sluice.redaction.detect;

/**
 * Finds names of people behind labels that name a person ({@code first_name=}, {@code "patient":}, {@code nom:}), behind
 * {@code name=} where the value looks like a person's name, and behind titles ({@code Mr.}, {@code Mme}).
 *
 * <p>Does not find names in running text: nothing there tells them from other words.
 */
final class PersonNameDetector implements Detector {
    private static final String[] LABELS = {
        "first_name",
        "firstname",
        "first-name",
        "first name",
        "last_name",
        "lastname",
        "last-name",
        "last name",
        "full_name",
        "fullname",
        "full name",
        "given_name",
        "givenname",
        "family_name",
        "familyname",
        "middle_name",
        "surname",
        "maiden_name",
        "display_name",
        "displayname",
        "patient",
        "patient_name",
        "patientname",
        "patient name",
        "client_name",
        "clientname",
        "client name",
        "customer_name",
        "customername",
        "customer name",
        "contact_name",
        "cardholder",
        "cardholder_name",
        "card_holder",
        "account_holder",
        "recipient_name",
        "sender_name",
        "payer_name",
        "payee_name",
        "nom",
        "prenom",
        "prénom",
        "nom_famille",
        "nom complet",
        "employee_name",
        "author_name",
        "billing_name",
        "shipping_name",
        "person_name",
        "guardian",
        "practitioner"
    };
    private static final Literals LABELS_BY_FIRST = Literals.of(LABELS);
    private static final Literals TITLES = Literals.of("mr", "mrs", "ms", "miss", "mme", "mlle", "dr", "prof");
    private static final int MOST_WORDS = 4;
    private static final int LONGEST = 160;
    /** Enough of a value without quotes to know where it begins. */
    private static final int GLANCE = 16;

    @Override
    public String name() {
        return "person-name";
    }

    @Override
    public DataCategory category() {
        return DataCategory.PERSON_NAME;
    }

    @Override
    public Triggers triggers() {
        return Triggers.literals(LABELS)
                .and(Triggers.literals("name=", "name:", "name\"", "name'", "name\\", "name ="))
                .and(Triggers.literals(
                        "mr. ", "mrs. ", "ms. ", "dr. ", "prof. ", "mr ", "mrs ", "mme ", "mlle ", "miss "));
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (!Label.begins(text, at)) {
            return;
        }
        for (String label : LABELS_BY_FIRST.beginningAt(text, at)) {
            int end = at + label.length();
            if (text.hasIgnoringCase(at, label) && !Chars.isWord(text.at(end)) && text.at(end) != '_') {
                labelled(text, end, true, into);
            }
        }
        if (text.hasIgnoringCase(at, "name") && !Chars.isWord(text.at(at - 1)) && "_-.".indexOf(text.at(at - 1)) < 0) {
            labelled(text, at + 4, false, into);
        }
        for (String title : TITLES.beginningAt(text, at)) {
            int end = at + title.length();
            if (text.hasIgnoringCase(at, title) && !Chars.isWord(text.at(end))) {
                titled(text, end, into);
            }
        }
    }

    private static void labelled(Text text, int end, boolean strong, Findings into) {
        Label.Value value = Label.value(text, end, strong ? LONGEST : GLANCE);
        if (!strong && (value == null || value.quoted())) {
            value = Label.value(text, end, LONGEST);
        }
        if (value == null) {
            return;
        }
        int valueEnd = value.quoted() ? value.end() : nameEnd(text, value.start());
        boolean name = looksLikeName(text, value.start(), valueEnd);
        if (strong && !name && (value.assigned() || value.quoted()) && hasLetter(text, value.start(), value.end())) {
            Label.Value whole = Label.value(text, end);
            valueEnd = whole == null ? value.end() : whole.end();
            name = true;
        }
        if (name) {
            into.looked(valueEnd);
            into.found(value.start(), valueEnd);
        }
    }

    private static void titled(Text text, int end, Findings into) {
        int start = end;
        while (start - end < 2 && (text.at(start) == '.' || text.at(start) == ' ')) {
            start++;
        }
        int nameEnd = nameEnd(text, start);
        if (start > end && nameEnd > start + 1) {
            into.looked(nameEnd);
            into.found(start, nameEnd);
        }
    }

    /** The end of up to four capitalised words, single spaces between. */
    private static int nameEnd(Text text, int start) {
        int end = start;
        int i = start;
        for (int word = 0; word < MOST_WORDS; word++) {
            if (!Character.isUpperCase(text.at(i))) {
                return end;
            }
            int wordEnd = i;
            while (Character.isLetter(text.at(wordEnd)) || isInName(text, wordEnd)) {
                wordEnd++;
            }
            char after = text.at(wordEnd);
            if (Chars.isDigit(after) || after == '_' || after == '=' || after == '/' || after == ':') {
                return end;
            }
            end = wordEnd;
            i = wordEnd + (text.at(wordEnd) == '.' ? 1 : 0);
            if (text.at(i) != ' ' && text.at(i) != '+') {
                return end;
            }
            i++;
        }
        return end;
    }

    private static boolean isInName(Text text, int i) {
        char c = text.at(i);
        return (c == '-' || c == '\'' || c == '\u2019') && Character.isLetter(text.at(i + 1));
    }

    /** Words of letters that begin with a capital, the last one or all of them; initials and particles as well. */
    private static boolean looksLikeName(Text text, int start, int end) {
        int capitals = 0;
        int words = 0;
        boolean lower = false;
        for (int i = start; i < end; i++) {
            char c = text.at(i);
            boolean letter = Character.isLetter(c);
            boolean inside =
                    c == '.' && i + 1 < end && Character.isLetter(text.at(i + 1)) && Character.isLetter(text.at(i - 2));
            if (!letter && (inside || " -'.\u2019,+".indexOf(c) < 0)) {
                return false;
            }
            boolean first = letter && !Character.isLetter(text.at(i - 1));
            words += first ? 1 : 0;
            capitals += first && Character.isUpperCase(c) ? 1 : 0;
            lower |= Character.isLowerCase(c);
            if (letter
                    && !first
                    && Character.isUpperCase(c)
                    && lower
                    && Character.isLowerCase(text.at(i - 1))
                    && !text.hasIgnoringCase(i - 2, "mc")
                    && !text.hasIgnoringCase(i - 3, "mac")) {
                return false;
            }
        }
        return words >= 1 && words <= MOST_WORDS + 1 && capitals >= 1 && capitals * 2 >= words && lower;
    }

    private static boolean hasLetter(Text text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isLetter(text.at(i))) {
                return true;
            }
        }
        return false;
    }
}
