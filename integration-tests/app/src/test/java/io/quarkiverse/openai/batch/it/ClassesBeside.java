package io.quarkiverse.openai.batch.it;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The classes of a package, the nested ones too, in a directory or a jar. */
final class ClassesBeside {

    private ClassesBeside() {
    }

    static List<Class<?>> of(Class<?> one) throws IOException, URISyntaxException {
        URI classFile = one.getResource(one.getSimpleName() + ".class").toURI();
        if (!classFile.getScheme().equals("jar")) {
            return in(Path.of(classFile).getParent(), one);
        }
        try (FileSystem jar = FileSystems.newFileSystem(classFile, Map.of())) {
            return in(Path.of(classFile).getParent(), one);
        }
    }

    private static List<Class<?>> in(Path directory, Class<?> one) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
                    .<Class<?>> map(name -> load(one.getPackageName() + "." + name.replace(".class", ""), one)).toList();
        }
    }

    private static Class<?> load(String name, Class<?> one) {
        try {
            return Class.forName(name, false, one.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
