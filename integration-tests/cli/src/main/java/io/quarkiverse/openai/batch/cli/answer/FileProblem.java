package io.quarkiverse.openai.batch.cli.answer;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is wrong with a file, in words: the JDK's messages are a path or a class. */
public final class FileProblem {

    private FileProblem() {
    }

    public static String of(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (e instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        if (e instanceof FileAlreadyExistsException file) {
            return file.getFile() + " is no directory";
        }
        if (e instanceof FileSystemException other) {
            return other.getReason() == null ? other.getFile() : other.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
