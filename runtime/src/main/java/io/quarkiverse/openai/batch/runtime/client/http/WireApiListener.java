package io.quarkiverse.openai.batch.runtime.client.http;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

import io.quarkiverse.openai.batch.runtime.config.RestClientUrl;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings.Transport;
import io.quarkus.arc.Arc;
import io.quarkus.proxy.ProxyConfiguration;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.rest.client.reactive.runtime.RestClientBuilderImpl;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;

/**
 * What every {@link WireApi} has, however it is made: errors as responses, no time-out and no redirect of the REST client's
 * (both are ours), no secrets in its log, and what its client's settings say.
 * <p>
 * The REST client asks its listeners on the thread that builds it, and this is the only way in for a client that is configured
 * by
 * {@code quarkus.rest-client.*}; so the settings lie with the thread while it builds.
 */
public class WireApiListener implements RestClientListener {

    /** Of a file that is sent; 8 KB by default, each read, framed and written by itself. Larger ones take more CPU again. */
    private static final int CHUNK_BYTES = 32 << 10;
    private static final ThreadLocal<ClientSettings> SETTINGS = new ThreadLocal<>();

    static WireApi configuring(ClientSettings settings, Supplier<WireApi> build) {
        SETTINGS.set(settings);
        try {
            return build.get();
        } finally {
            SETTINGS.remove();
        }
    }

    @Override
    public void onNewClient(Class<?> serviceInterface, RestClientBuilder builder) {
        ClientSettings settings = SETTINGS.get();
        if (serviceInterface == WireApi.class && settings != null) {
            configure((RestClientBuilderImpl) builder, settings);
        }
    }

    private static void configure(RestClientBuilderImpl builder, ClientSettings settings) {
        builder.disableDefaultMapper(true);
        builder.readTimeout(0, TimeUnit.MILLISECONDS);
        builder.connectTimeout(settings.timeouts().connect().toMillis(), TimeUnit.MILLISECONDS);
        builder.followRedirects(false);
        builder.clientLogger(new MaskingClientLogger());
        withoutBytesInTheLog(builder);
        builder.httpClientRequestCustomizer(WireRequestFilter::connected);
        Transport transport = settings.transport();
        if (isOurs(settings, "tls-configuration-name", "trust-store", "key-store")) {
            transport.tlsConfigurationName().ifPresent(name -> builder.tlsConfiguration(tls(name, settings)));
        }
        if (isOurs(settings, "proxy-configuration-name", "proxy-address")) {
            transport.proxyConfigurationName().ifPresent(name -> proxy(builder, name, settings));
        }
        if (isOurs(settings, "max-chunk-size", "multipart.max-chunk-size")) {
            builder.property(QuarkusRestClientProperties.MAX_CHUNK_SIZE, CHUNK_BYTES);
        }
        if (transport.http2() && isOurs(settings, "http2")) {
            builder.property(QuarkusRestClientProperties.HTTP2, true);
            builder.property(QuarkusRestClientProperties.ALPN, "https".equalsIgnoreCase(settings.baseUrl().getScheme()));
        }
    }

    /** What the REST client's own configuration says of the default client wins. */
    private static boolean isOurs(ClientSettings settings, String... keys) {
        return !settings.isDefault() || !RestClientUrl.isAnySet(ConfigProvider.getConfig(), keys);
    }

    /** The scope {@code all} logs every byte that is written and read, keys and bodies among them. */
    private static void withoutBytesInTheLog(RestClientBuilderImpl builder) {
        Object own = builder.getConfiguration().getProperty(QuarkusRestClientProperties.LOGGING_SCOPE);
        boolean all = own != null ? own == LoggingScope.ALL
                : ConfigProvider.getConfig().getOptionalValue("quarkus.rest-client.logging.scope", String.class)
                        .map(LoggingScope::forName).filter(LoggingScope.ALL::equals).isPresent();
        if (all) {
            builder.property(QuarkusRestClientProperties.LOGGING_SCOPE, LoggingScope.REQUEST_RESPONSE);
        }
    }

    private static TlsConfiguration tls(String name, ClientSettings settings) {
        return Arc.container().select(TlsConfigurationRegistry.class).get().get(name)
                .orElseThrow(() -> new ConfigurationException(
                        "%stls-configuration-name names \"%s\", but there is no quarkus.tls.\"%s\".*"
                                .formatted(settings.keyPrefix(), name, name)));
    }

    private static void proxy(RestClientBuilderImpl builder, String name, ClientSettings settings) {
        if (name.equals("none")) {
            builder.proxyAddress("none", 0);
            return;
        }
        ProxyConfiguration proxy = Arc.container().select(ProxyConfigurationRegistry.class).get().get(Optional.of(name))
                .map(ProxyConfiguration::assertHttpType)
                .orElseThrow(() -> new ConfigurationException(
                        "%sproxy-configuration-name names \"%s\", but there is no quarkus.proxy.\"%s\".*"
                                .formatted(settings.keyPrefix(), name, name)));
        builder.proxyAddress(proxy.host(), proxy.port());
        if (proxy.username().isPresent() && proxy.password().isPresent()) {
            builder.proxyUser(proxy.username().get());
            builder.proxyPassword(proxy.password().get());
        }
        proxy.nonProxyHosts().ifPresent(hosts -> builder.nonProxyHosts(String.join(",", hosts)));
        proxy.proxyConnectTimeout().ifPresent(builder::proxyConnectTimeout);
    }
}
