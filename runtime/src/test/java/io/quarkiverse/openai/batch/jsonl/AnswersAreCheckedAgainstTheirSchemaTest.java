package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.ObjectMapper;

class AnswersAreCheckedAgainstTheirSchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CITY = """
            {'type':'object','properties':{'name':{'type':'string'},'size':{'$ref':'#/$defs/size'},\
            'twins':{'type':'array','items':{'$ref':'#'},'maxItems':2},'mayor':{'anyOf':[{'type':'string'},{'type':'null'}]}},\
            'required':['name','size'],'additionalProperties':false,\
            '$defs':{'size':{'type':['integer','null'],'minimum':1,'maximum':9}}}""";

    enum Mood {
        GOOD,
        BAD
    }

    record Opinion(Mood mood, List<String> reasons, Optional<Integer> stars) {
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }

    private static AnswerSchema schema(String schema) {
        String line = json("{'custom_id':'a','body':{'response_format':{'type':'json_schema','json_schema':{'name':'x',"
                + "'schema':" + schema + "}}}}");
        return AnswerSchema.of(line.getBytes(StandardCharsets.UTF_8), null).orElseThrow();
    }

    private static BatchResult answer(String text) throws Exception {
        return BatchResult
                .parse(("{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":{\"object\":\"chat.completion\","
                        + "\"choices\":[{\"message\":{\"content\":" + MAPPER.writeValueAsString(text) + "}}]}}}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", value = {
            "{'name':'Oslo','size':3}|-",
            "{'name':'Oslo','size':null,'mayor':null}|-",
            "{'name':'Oslo','size':3.0}|-",
            "{'name':'Oslo','size':3,'twins':[{'name':'Rome','size':4}]}|-",
            "{'name':'Oslo','size':10}|$.size is out of its bounds",
            "{'name':'Oslo','size':0}|$.size is out of its bounds",
            "{'name':'Oslo','size':2.5}|$.size is not of type [\"integer\",\"null\"]",
            "{'name':'Oslo'}|$ has no field size",
            "{'name':7,'size':3}|$.name is not of type string",
            "{'name':'Oslo','size':3,'secret':1}|$ has a field that was not asked for",
            "{'name':'Oslo','size':3,'mayor':1}|$.mayor is none of the allowed forms",
            "{'name':'Oslo','size':3,'twins':[{'name':'Rome'}]}|$.twins[0] has no field size",
            "{'name':'Oslo','size':3,'twins':[1,2,3]}|$.twins has too few or too many items",
            "['Oslo']|$ is not of type object",
            "'Oslo|The answer is not JSON",
            "Sure! Here it is|The answer is not JSON" })
    void byTypesFieldsAndBounds(String answer, String expected) throws Exception {
        assertThat(schema(CITY).violation(answer(json(answer)))).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void ofRequestsAsThisLibraryMakesThem() throws Exception {
        AnswerSchema ofChat = AnswerSchema
                .of(BatchRequest.of("a", ChatBody.of("m").user("x").answer(Opinion.class)).toLine(), null).orElseThrow();
        AnswerSchema ofResponse = AnswerSchema
                .of(BatchRequest.of("a", ResponsesBody.of("m").input("x").answer(Opinion.class)).toLine(), null).orElseThrow();
        for (AnswerSchema schema : List.of(ofChat, ofResponse)) {
            assertThat(schema.violation(answer(json("{'mood':'GOOD','reasons':[],'stars':null}")))).isEmpty();
            assertThat(schema.violation(answer(json("{'mood':'FINE','reasons':[],'stars':null}"))))
                    .contains("$.mood is none of the allowed values");
        }
    }

    @Test
    void theSameSchemaIsKept() {
        byte[] line = BatchRequest.of("a", ChatBody.of("m").user("x").answer(Opinion.class)).toLine();
        AnswerSchema first = AnswerSchema.of(line, null).orElseThrow();
        assertThat(AnswerSchema.of(line, first)).containsSame(first);
    }

    @Test
    void aRequestWithoutASchemaHasNone() {
        assertThat(AnswerSchema.of(BatchRequest.chat("a", "m", "json_schema").toLine(), null)).isEmpty();
        assertThat(AnswerSchema.of(BatchRequest.chat("a", "m", "\"json_schema\"").toLine(), null)).isEmpty();
        assertThat(AnswerSchema.of("\"json_schema\"{".getBytes(StandardCharsets.UTF_8), null)).isEmpty();
    }

    @Test
    void aCycleOfReferencesEnds() throws Exception {
        assertThat(schema("{'$ref':'#/$defs/a','$defs':{'a':{'$ref':'#/$defs/a'}}}").violation(answer("1"))).isEmpty();
    }

    @Test
    void ofSeveralMessagesOneThatFollowsIsEnough() {
        AnswerSchema schema = schema(CITY);
        BatchResult result = BatchResult.parse(json("""
                {'custom_id':'a','response':{'status_code':200,'body':{'object':'response','status':'completed','output':[\
                {'type':'message','content':[{'type':'output_text','text':'thinking'}]},\
                {'type':'message','content':[{'type':'output_text','text':'{\\'name\\':\\'Oslo\\',\\'size\\':1}'}]}]}}}""")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(schema.violation(result)).isEmpty();
    }

    @Test
    void anAnswerWithoutTextFollowsNone() {
        BatchResult result = BatchResult.parse("{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":{}}}"
                .getBytes(StandardCharsets.UTF_8));
        assertThat(schema(CITY).violation(result)).contains("The answer has no text");
    }
}
