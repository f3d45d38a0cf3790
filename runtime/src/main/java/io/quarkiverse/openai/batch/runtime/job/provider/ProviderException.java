package io.quarkiverse.openai.batch.runtime.job.provider;

/** A call to a provider failed, after all its retries. The message is safe for logs and reports. */
public final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String detail;

    /** What a failure means. */
    public enum Kind {
        /** It may succeed later. */
        TRANSIENT,
        /** The provider has too much to do, or too many requests came. */
        BUSY,
        /** It is not known whether the call took effect. */
        OPEN,
        /** The provider does not know the batch or file, or not yet, or not with this key. */
        NOT_FOUND,
        /** The batch or file was there and is not any more. */
        GONE,
        /** An uploaded file is not ready yet. */
        NOT_READY,
        /** The account has no room for the tokens of the batch. */
        NO_ROOM,
        /** The file is larger than the provider takes. */
        TOO_LARGE,
        /** The provider does not have this operation, or not in this form. */
        UNSUPPORTED,
        /** Something that a person must fix: the key, a permission, billing, the request, the address. */
        REFUSED;

        /** Whether it may be transient or final. */
        public boolean isDubious() {
            return this == NOT_FOUND || this == NOT_READY;
        }

        /** Whether what was asked for is not there. */
        public boolean isAbsent() {
            return this == NOT_FOUND || this == GONE;
        }
    }

    /**
     * @param detail what the provider itself says, which may hold parts of the request; may be null
     */
    public ProviderException(Kind kind, String message, String detail, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.detail = detail;
    }

    public Kind kind() {
        return kind;
    }

    public boolean is(Kind one) {
        return kind == one;
    }

    /** What the provider itself says; not for logs. May be null. */
    public String detail() {
        return detail;
    }
}
