package io.quarkiverse.openai.batch.model;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file to upload (openai-openapi, schema CreateFileRequest, 2026-08-21). Made by {@link #of} and the {@code with} methods.
 *
 * @param path where the file is; it is streamed from there
 * @param filename the name of the file at the provider, which ends in {@code .jsonl}; default: the name of the path
 * @param purpose what the file is for; null for the client's, {@code batch} by default
 * @param expiresAfter when the provider is to delete the file; null for the provider's own rule
 */
public record CreateFileRequest(Path path, String filename, String purpose, ExpiresAfter expiresAfter) {

    private static final String EXTENSION = ".jsonl";
    private static final Pattern UNFIT = Pattern.compile("[\"\\p{Cntrl}]");

    /**
     * @throws IllegalArgumentException if the path is null or names no file, or if the file's name has quotes or control
     *         characters in it, which could not be told from the end of the name
     */
    public CreateFileRequest {
        if (path == null || path.getFileName() == null) {
            throw new IllegalArgumentException("An upload needs the path of a file, not " + path);
        }
        String name = filename == null || filename.isBlank() ? path.getFileName().toString() : filename;
        if (UNFIT.matcher(name).find()) {
            throw new IllegalArgumentException("The name of an uploaded file must not have quotes or control characters:"
                    + " give it another one");
        }
        filename = name.endsWith(EXTENSION) ? name : name + EXTENSION;
    }

    /**
     * @throws IllegalArgumentException if the path is null or names no file
     */
    public static CreateFileRequest of(Path path) {
        return new CreateFileRequest(path, null, null, null);
    }

    /** The same under another name; {@code .jsonl} is added where it is missing, since providers refuse other names. */
    public CreateFileRequest withFilename(String name) {
        return new CreateFileRequest(path, name, purpose, expiresAfter);
    }

    /** The same for another purpose. */
    public CreateFileRequest withPurpose(String newPurpose) {
        return new CreateFileRequest(path, filename, newPurpose, expiresAfter);
    }

    /** The same as a file that expires. */
    public CreateFileRequest withExpiresAfter(ExpiresAfter expiry) {
        return new CreateFileRequest(path, filename, purpose, expiry);
    }
}
