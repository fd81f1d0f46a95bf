package io.sluice.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.io.network.netty.InboundChannelHandlerFactory;
import org.apache.flink.shaded.netty4.io.netty.buffer.Unpooled;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelFutureListener;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandler;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.SimpleChannelInboundHandler;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.DefaultFullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.FullHttpResponse;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpHeaderNames;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpMethod;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpObject;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpVersion;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.QueryStringDecoder;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;

/**
 * Lets nothing through to Flink's HTTP interface but looking: Flink's own switches hide the buttons and leave the
 * requests that submit, cancel, rescale and shut down.
 *
 * <p>Guarantees: of a process that sets {@link #ENABLED}, only GET and HEAD are answered, and not the two GET addresses
 * that end a job. Does not guarantee: secrecy of what the pages show.
 *
 * <p>Found by Flink through {@link java.util.ServiceLoader}.
 */
public final class ReadOnlyPages implements InboundChannelHandlerFactory {
    /** Whether it stands in front. Off by default, for a cluster of others may load this jar. */
    static final ConfigOption<Boolean> ENABLED =
            ConfigOptions.key("sluice.web.read-only").booleanType().defaultValue(false);

    @Override
    public int priority() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Optional<ChannelHandler> createHandler(Configuration settings, Map<String, String> responseHeaders) {
        return settings.get(ENABLED) ? Optional.of(new Refusing()) : Optional.empty();
    }

    /** Answers 405 to whatever would change something. */
    private static final class Refusing extends SimpleChannelInboundHandler<HttpObject> {
        private boolean refusing;

        Refusing() {
            super(false);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpRequest request) {
                refusing = !isLooking(request);
                if (refusing) {
                    refuse(context);
                }
            }
            if (refusing) {
                ReferenceCountUtil.release(message);
            } else {
                context.fireChannelRead(message);
            }
        }

        private static boolean isLooking(HttpRequest request) {
            boolean reading =
                    request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
            // Decoded as Flink's own router does it.
            String path = new QueryStringDecoder(request.uri()).path();
            return reading && !path.contains("yarn-cancel") && !path.contains("yarn-stop");
        }

        private static void refuse(ChannelHandlerContext context) {
            byte[] text = "These pages are for looking only.\n".getBytes(StandardCharsets.UTF_8);
            FullHttpResponse answer = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.METHOD_NOT_ALLOWED, Unpooled.wrappedBuffer(text));
            answer.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
            answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length);
            answer.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
            context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
