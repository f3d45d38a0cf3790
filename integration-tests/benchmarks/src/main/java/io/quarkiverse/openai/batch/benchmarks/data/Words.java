package io.quarkiverse.openai.batch.benchmarks.data;

import java.util.Random;

/** Makes texts from words that are common in reviews. */
final class Words {

    private static final int SHORTEST = 40;
    private static final int LONGEST = 8_000;

    private static final String[] ENGLISH = ("the of and to in a is that for it as was with be by on not he his this are or "
            + "from at which but have an had they you were their one all we can her has there been if more when will would "
            + "who so no said out up into than them only other time new some could these two may then do first any my now "
            + "such like our over man me even most made after also did many before must through years where much your way "
            + "\"delivery\" \"five stars\" quality, refund. recommend! why? it's don't 3.5 kg 2026").split(" ");
    private static final String[] OTHERS = ("Größe Zürich schön naïve déjà vu señor año façade Łódź Прекрасно очень "
            + "рекомендую доставка 素晴らしい 品質 東京 配送が早い 很好 推荐 “quoted” – 20 € … 😀 👍🏽").split(" ");

    private Words() {
    }

    /**
     * @param mixed whether a quarter of the words have letters outside ASCII
     */
    static String text(Random random, int meanLength, boolean mixed) {
        int length = (int) Math.min(LONGEST, SHORTEST - meanLength * Math.log(1 - random.nextDouble()));
        StringBuilder text = new StringBuilder(length + 20);
        while (text.length() < length) {
            String[] words = mixed && random.nextInt(4) == 0 ? OTHERS : ENGLISH;
            text.append(words[random.nextInt(words.length)]).append(random.nextInt(40) == 0 ? ".\n\n" : " ");
        }
        return text.toString();
    }
}
