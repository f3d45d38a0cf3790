package io.quarkiverse.openai.batch.cli;

import org.eclipse.microprofile.config.ConfigProvider;

import picocli.CommandLine.IVersionProvider;

class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] { ConfigProvider.getConfig().getValue("quarkus.application.version", String.class) };
    }
}
