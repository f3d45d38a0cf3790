package io.quarkiverse.openai.batch.runtime.job.batch;

import static io.quarkiverse.openai.batch.runtime.job.openai.Batches.batch;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;

class ARefusalSaysWhoMustActTest {

    private static RemoteBatch refused(String errors) {
        return batch("{'id':'batch_1','status':'failed','errors':{'data':[" + errors + "]}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'code':'token_limit_exceeded'} | TOKEN_LIMIT",
            "{'code':'invalid_url','line':3},{'code':'token_limit_exceeded'} | TOKEN_LIMIT",
            "{'code':'invalid_url','line':1} | LINES",
            "{'code':'invalid_url','line':10} | LINES",
            "{'line':3} | LINES",
            "{'code':'model_not_found'},{'code':'invalid_url','line':3} | LINES",
            "{'code':'invalid_url','line':0} | OTHER",
            "{'code':'invalid_url','line':11} | OTHER",
            "{'code':'invalid_url','line':-1} | OTHER",
            "{'code':'model_not_found'} | OTHER",
            "{} | OTHER" })
    void byItsErrors(String errors, Refusal expected) {
        assertThat(Refusal.of(refused(errors), 10)).isEqualTo(expected);
    }

    @Test
    void aPersonIfItHasNone() {
        assertThat(Refusal.of(batch("{'id':'batch_1','status':'failed'}"), 10)).isEqualTo(Refusal.OTHER);
    }

    @Test
    void itsDescriptionNamesBatchCodesAndMessagesCleanedAndBounded() {
        String text = Refusal.describe(refused("{'code':'a','message':'no\\u001b such'},{'code':'b'},{'message':'text'},{}"));
        assertThat(text).contains("batch_1: a (no  such), b, text.");
        assertThat(Refusal.describe(refused("{'code':'a','message':'" + "x".repeat(5_000) + "'}"))).hasSizeLessThan(600);
        assertThat(Refusal.describe(batch("{'id':'batch_1','status':'failed','errors':'a text'}"))).contains("a text");
        assertThat(Refusal.describe(batch("{'id':'batch_1','status':'failed','errors':['one','two']}")))
                .contains("one, two");
        assertThat(Refusal.describe(refused(""))).contains("does not say why");
    }

    @Test
    void theMessageAboutTheTokenLimitIsFound() {
        assertThat(
                Refusal.tokenLimit(refused("{'code':'a','message':'b'},{'code':'token_limit_exceeded','message':'Limit: 5'}")))
                .isEqualTo("Limit: 5");
        assertThat(Refusal.tokenLimit(refused("{'code':'token_limit_exceeded'}"))).isNull();
    }
}
