package io.quarkiverse.openai.batch.runtime.provider;

import java.util.List;
import java.util.Map;

import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.jsonl.LineLimits;

/** Makes a {@link Dialect}, from OpenAI's or from another. */
public final class DialectBuilder {

    private final Provider provider;
    private String baseUrl;
    private String keyVariable;
    private List<String> hosts = List.of();
    private boolean keyNeeded;
    private String authHeader = "Authorization";
    private String authScheme = "Bearer";
    private String batchesPath = "/batches";
    private String filesPath = "/files";
    private String uploadPath = "/files";
    private boolean uploadNamesFile;
    private Map<String, String> query = Map.of();
    private String purpose = "batch";
    private String completionWindow = "24h";
    private boolean cursorPaging;
    private boolean afterRequired;
    private boolean dottedExpiry;
    private boolean submissionIds = true;
    private LineLimits limits = LineLimits.OPENAI;
    private int batchesPerHour = 2_000;

    DialectBuilder(Provider provider) {
        this.provider = provider;
    }

    DialectBuilder(Dialect dialect) {
        this.provider = dialect.provider();
        this.baseUrl = dialect.baseUrl();
        this.keyVariable = dialect.keyVariable();
        this.hosts = dialect.hosts();
        this.keyNeeded = dialect.keyNeeded();
        this.authHeader = dialect.authHeader();
        this.authScheme = dialect.authScheme();
        this.batchesPath = dialect.batchesPath();
        this.filesPath = dialect.filesPath();
        this.uploadPath = dialect.uploadPath();
        this.uploadNamesFile = dialect.uploadNamesFile();
        this.query = dialect.query();
        this.purpose = dialect.purpose();
        this.completionWindow = dialect.completionWindow();
        this.cursorPaging = dialect.cursorPaging();
        this.afterRequired = dialect.afterRequired();
        this.dottedExpiry = dialect.dottedExpiry();
        this.submissionIds = dialect.submissionIds();
        this.limits = dialect.limits();
        this.batchesPerHour = dialect.batchesPerHour();
    }

    DialectBuilder baseUrl(String url) {
        this.baseUrl = url;
        return this;
    }

    /** A provider that needs a key, which this variable has for these hosts. */
    DialectBuilder key(String variable, String... meantFor) {
        this.keyVariable = variable;
        this.hosts = List.of(meantFor);
        this.keyNeeded = true;
        return this;
    }

    /** A gateway of the user's own: it may need no key, and what is in this variable is meant for it, whatever its host. */
    DialectBuilder optionalKey(String variable) {
        this.keyVariable = variable;
        return this;
    }

    public DialectBuilder auth(String header, String scheme) {
        this.authHeader = header;
        this.authScheme = scheme;
        return this;
    }

    /** orq's former proxy ({@code /v2/proxy/batch}) wants {@code after} also for the first page. */
    public DialectBuilder batchesPath(String path) {
        this.batchesPath = path;
        this.afterRequired = afterRequired || provider == Provider.ORQ && path.contains("/proxy/");
        return this;
    }

    /** Uploads keep what they have more in their path than all others. */
    public DialectBuilder filesPath(String path) {
        this.uploadPath = path + uploadPath.substring(filesPath.length());
        this.filesPath = path;
        return this;
    }

    DialectBuilder uploads(String path, boolean nameFile) {
        this.uploadPath = path;
        this.uploadNamesFile = nameFile;
        return this;
    }

    public DialectBuilder query(Map<String, String> parameters) {
        this.query = Map.copyOf(parameters);
        return this;
    }

    public DialectBuilder purpose(String newPurpose) {
        this.purpose = newPurpose;
        return this;
    }

    public DialectBuilder completionWindow(String window) {
        this.completionWindow = window;
        return this;
    }

    DialectBuilder cursorPaging() {
        this.cursorPaging = true;
        return this;
    }

    DialectBuilder dottedExpiry() {
        this.dottedExpiry = true;
        return this;
    }

    public DialectBuilder submissionIds(boolean sent) {
        this.submissionIds = sent;
        return this;
    }

    public DialectBuilder limits(LineLimits newLimits) {
        this.limits = newLimits;
        return this;
    }

    public DialectBuilder batchesPerHour(int batches) {
        this.batchesPerHour = batches;
        return this;
    }

    public Dialect build() {
        return new Dialect(provider, baseUrl, keyVariable, hosts, keyNeeded, authHeader, authScheme, batchesPath, filesPath,
                uploadPath, uploadNamesFile, query, purpose, completionWindow, cursorPaging, afterRequired, dottedExpiry,
                submissionIds, limits, batchesPerHour);
    }
}
