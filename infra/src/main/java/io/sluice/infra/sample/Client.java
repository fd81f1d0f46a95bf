package io.sluice.infra.sample;

/**
 * A practice's client, which is a patient.
 *
 * @param name as it is written
 * @param slug as it stands in paths
 * @param email made of the name
 */
record Client(String name, String slug, String email) {
    static Client of(String name) {
        String slug = ClientNames.slug(name);
        return new Client(name, slug, slug.replace('-', '.') + "@example.net");
    }
}
