package io.sluice.redaction.detect;

import java.util.Arrays;
import java.util.List;

/**
 * Finds keys of cloud and service providers by the prefixes that the providers publish for secret scanning (GitHub's
 * and GitLab's lists of supported secrets, AWS IAM identifiers, Stripe, Slack, Google and others' documentation).
 */
final class ProviderKeyDetector implements Detector {
    /**
     * One form of key.
     *
     * @param prefix what it begins with
     * @param rest how many characters follow at least
     * @param symbols characters besides letters and digits that may follow
     */
    private record Form(String prefix, int rest, String symbols) {}

    private static final List<Form> FORMS = List.of(
            new Form("AKIA", 16, ""),
            new Form("ASIA", 16, ""),
            new Form("AROA", 16, ""),
            new Form("AIDA", 16, ""),
            new Form("AGPA", 16, ""),
            new Form("ANPA", 16, ""),
            new Form("ABIA", 16, ""),
            new Form("ACCA", 16, ""),
            new Form("ghp_", 30, "_"),
            new Form("gho_", 30, "_"),
            new Form("ghu_", 30, "_"),
            new Form("ghs_", 30, "_"),
            new Form("ghr_", 30, "_"),
            new Form("github_pat_", 22, "_"),
            new Form("glpat-", 20, "-_"),
            new Form("gldt-", 20, "-_"),
            new Form("glrt-", 20, "-_"),
            new Form("sk_live_", 10, ""),
            new Form("sk_test_", 10, ""),
            new Form("rk_live_", 10, ""),
            new Form("rk_test_", 10, ""),
            new Form("pk_live_", 10, ""),
            new Form("whsec_", 16, "+/="),
            new Form("xoxb-", 10, "-"),
            new Form("xoxp-", 10, "-"),
            new Form("xoxa-", 10, "-"),
            new Form("xoxr-", 10, "-"),
            new Form("xoxs-", 10, "-"),
            new Form("xoxe.", 10, "-."),
            new Form("xapp-", 10, "-"),
            new Form("AIza", 35, "-_"),
            new Form("ya29.", 20, "-_."),
            new Form("GOCSPX-", 20, "-_"),
            new Form("SG.", 40, "-_."),
            new Form("npm_", 30, ""),
            new Form("pypi-", 50, "-_"),
            new Form("dop_v1_", 40, ""),
            new Form("doo_v1_", 40, ""),
            new Form("hf_", 30, ""),
            new Form("sk-ant-", 20, "-_"),
            new Form("sk-proj-", 20, "-_"),
            new Form("sk-", 40, ""),
            new Form("shpat_", 32, ""),
            new Form("shpss_", 32, ""),
            new Form("shpca_", 32, ""),
            new Form("shppa_", 32, ""),
            new Form("sq0atp-", 20, "-_"),
            new Form("sq0csp-", 40, "-_"),
            new Form("hvs.", 20, "-_"),
            new Form("hvb.", 20, "-_"),
            new Form("glsa_", 32, "_"),
            new Form("lin_api_", 32, ""),
            new Form("PMAK-", 40, "-"),
            new Form("dapi", 32, "-"),
            new Form("xkeysib-", 60, "-"),
            new Form("key-", 32, ""),
            new Form("EAACEdEose0cBA", 10, ""),
            new Form("hooks.slack.com/services/", 20, "/"),
            new Form("AGE-SECRET-KEY-1", 50, ""),
            new Form("access_token$production$", 20, "$"),
            new Form("rubygems_", 40, ""),
            new Form("pat-na1-", 30, "-"));

    @Override
    public String name() {
        return "provider-key";
    }

    @Override
    public DataCategory category() {
        return DataCategory.CREDENTIAL;
    }

    @Override
    public Triggers triggers() {
        return Triggers.exact(FORMS.stream().map(Form::prefix).toArray(String[]::new));
    }

    @Override
    public void verify(Text text, int at, Findings into) {
        if (Chars.isWord(text.at(at - 1))) {
            return;
        }
        FORMS.stream().filter(form -> text.has(at, form.prefix)).forEach(form -> {
            int end = end(text, at + form.prefix.length(), form.symbols);
            into.looked(end);
            if (end - at - form.prefix.length() >= form.rest && hasDigit(text, at, end)) {
                into.found(at, end);
            }
        });
    }

    private static int end(Text text, int from, String symbols) {
        int i = from;
        while (Chars.isAlnum(text.at(i)) || (i < text.length() && symbols.indexOf(text.at(i)) >= 0)) {
            i++;
        }
        return i;
    }

    private static boolean hasDigit(Text text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (Chars.isDigit(text.at(i))) {
                return true;
            }
        }
        return Arrays.asList("AKIA", "ASIA").contains(text.part(from, Math.min(end, from + 4)));
    }
}
