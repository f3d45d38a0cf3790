package io.quarkiverse.openai.batch.endurance.process;

import java.sql.SQLException;
import java.time.Duration;

/** What a source or a handler of an application may do, whatever it declares. */
public enum Misdeed {

    NONE {
        @Override
        void happen() {
            // it behaves
        }
    },
    EXCEPTION {
        @Override
        void happen() {
            throw new IllegalStateException("now and then");
        }
    },
    ERROR {
        @Override
        void happen() {
            throw new NoSuchMethodError("a library of another version");
        }
    },
    OVERFLOW {
        @Override
        void happen() {
            throw new StackOverflowError();
        }
    },
    /** A checked exception that is not declared, as a proxy or another language throws it. */
    UNDECLARED {
        @Override
        void happen() {
            throw undeclared(new SQLException("connection lost"));
        }
    },
    INTERRUPTED {
        @Override
        void happen() {
            throw undeclared(new InterruptedException("not by the runner"));
        }
    },
    /** The thread's flag is left set. */
    INTERRUPTS_ITSELF {
        @Override
        void happen() {
            Thread.currentThread().interrupt();
        }
    },
    /** It takes a while, and no notice of an interrupt. */
    BLOCKS {
        @Override
        void happen() {
            boolean interrupted = false;
            long end = System.nanoTime() + TIME.toNanos();
            for (long left = TIME.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                try {
                    Thread.sleep(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    };

    private static final Duration TIME = Duration.ofSeconds(2);

    abstract void happen();

    private static RuntimeException undeclared(Throwable failure) {
        return Misdeed.<RuntimeException> thrown(failure);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T thrown(Throwable failure) throws T {
        throw (T) failure;
    }
}
