package io.sluice.infra.sample;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of the clients of practices: English and French, with accents, hyphens, apostrophes and particles, some of one
 * word. Put together by chance from common first and last names; that somebody bears one of them is chance too.
 */
public final class ClientNames {
    private static final String[] FIRST = words(
            """
            Olivia Liam Emma Noah Charlotte William Amelia Oliver Sophia Thomas Grace Henry Hannah Jack Abigail Samuel
            Evelyn Daniel Claire Andrew Rachel Matthew Victoria Nicholas Margaret Edward Helen Patrick Nora Walter
            Beatrice Gordon Fiona Malcolm Heather Douglas Priya Arjun Mei Kenji Fatima Omar Ingrid Lars Zoë Chloé
            Élodie François Geneviève Étienne Hélène Jérôme Amélie Benoît Renée Gaëlle Joël Noémie Raphaël Mélanie
            Cédric Anaïs Rémi Océane Théo Maëlle Loïc Sébastien Béatrice Frédéric Clément Aurélie Valérie Léa Gérard
            Thérèse Josée Stéphane Véronique Maxime Camille Mathieu Isabelle Philippe Martine Luc Manon Pascal Sylvie
            """);
    private static final String[] LAST = words(
            """
            Tremblay Gagnon Roy Bouchard Gauthier Morin Lavoie Fortin Gagné Ouellet Pelletier Bélanger Lévesque Bergeron
            Leblanc Paquette Girard Simard Boucher Caron Beaulieu Cloutier Dubé Poirier Fournier Lapointe Leclerc Lefebvre
            Thibault Côté Désilets Légaré Hébert Théroux Brûlé Châtelain Crête Prévost Émond Ménard Smith Brown Wilson
            MacDonald Campbell Johnson Anderson Taylor Thompson Stewart Robertson Fraser Murphy Kelly Sullivan Walker
            Mitchell Morrison Patterson Henderson Whitfield Ashworth Pemberton Blackwood Thornbury Hartley Kingsley
            Okafor Nguyen Petrov Kowalski Schneider Rossi Fernández Müller Lindqvist Haddad Chowdhury Nakamura Papadakis
            """);
    private static final String[] SYLLABLES = words(
            "ka ro mi ne lu vai sho tan dri zel que bor nim fal tor vey mul gra sid lor phe wyn xan jor bel dru cas");
    private static final String[] PARTICLES = {"de la ", "D’", "O'", "Le ", "Van ", "St-", "du "};

    private ClientNames() {}

    private static String[] words(String text) {
        return text.strip().split("\\s+");
    }

    /**
     * So many different names, the same for the same seed.
     *
     * @param count at most 100,000
     */
    public static List<String> of(long seed, int count) {
        if (count > 100_000) {
            throw new IllegalArgumentException("there are not so many names: at most 100,000");
        }
        Dice dice = new Dice(seed);
        Set<String> names = new LinkedHashSet<>();
        while (names.size() < count) {
            names.add(name(dice));
        }
        return new ArrayList<>(names);
    }

    private static String name(Dice dice) {
        String first = dice.pick(FIRST);
        String last = dice.pick(LAST);
        int form = dice.below(100);
        if (form < 45) {
            return first + " " + last;
        } else if (form < 60) {
            return first + "-" + dice.pick(FIRST) + " " + last;
        } else if (form < 75) {
            return first + " " + last + "-" + dice.pick(LAST);
        } else if (form < 82) {
            return word(dice);
        } else if (form < 90) {
            return first + " " + dice.pick(PARTICLES) + last;
        } else {
            return first + " " + dice.pick(FIRST) + " " + last;
        }
    }

    private static String word(Dice dice) {
        StringBuilder word = new StringBuilder();
        for (int i = 3 + dice.below(2); i > 0; i--) {
            word.append(dice.pick(SYLLABLES));
        }
        word.setCharAt(0, Character.toUpperCase(word.charAt(0)));
        return word.toString();
    }

    /** The name as web applications write it into a path: {@code Zoë St-Côté} is {@code zoe-st-cote}. */
    public static String slug(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
