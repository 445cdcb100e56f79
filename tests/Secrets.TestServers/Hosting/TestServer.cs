using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Secrets.TestServers.Faults;

namespace Secrets.TestServers.Hosting;

/// <summary>A server on loopback that speaks a vendor's protocol, counts its calls, and misbehaves as it is told.</summary>
public abstract partial class TestServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<ServerCall> _calls = [];
    private readonly CancellationTokenSource _ending = new();
    private WebApplication? _application;
    private int _now;
    private int _maxConcurrentCalls;
    private int _port;

    /// <summary>Gets where it listens.</summary>
    public Uri Address => new(SocketPath is null ? $"{(Certificate is null ? "http" : "https")}://127.0.0.1:{_port}/" : "unix://" + SocketPath);

    /// <summary>Gets the Unix socket that it listens on in place of a port.</summary>
    public string? SocketPath { get; init; }

    /// <summary>Gets a value indicating whether it refuses clients that show no certificate; with <see cref="Certificate"/>. Any certificate is good for the connection.</summary>
    public bool RequiresClientCertificate { get; init; }

    /// <summary>Gets or sets the certificate that makes it HTTPS; before it starts.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Gets or sets how long each answer waits.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Gets or sets what stands in the text of every error, so that a test can look for it where it must not be.</summary>
    public string ErrorText { get; set; } = "as the test says";

    /// <summary>Gets the most calls that were under way at once.</summary>
    public int MaxConcurrentCalls => _maxConcurrentCalls;

    /// <summary>Gets what a server that is run by hand holds.</summary>
    public abstract IEnumerable<(string Name, string Value)> DemoSecrets { get; }

    /// <summary>Gets the variables that lead a program here, each as <c>NAME=value</c>.</summary>
    public abstract IEnumerable<string> Environment { get; }

    public int CallCount
    {
        get
        {
            lock (_lock)
            {
                return _calls.Count;
            }
        }
    }

    public IReadOnlyList<ServerCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public void ForgetCalls()
    {
        lock (_lock)
        {
            _calls.Clear();
            _maxConcurrentCalls = 0;
        }
    }

    /// <summary>Begins to listen, on the port of before or, the first time, on a free one or the given one.</summary>
    public async Task ListenAsync(int port = 0)
    {
        if (_application is not null)
        {
            return;
        }

        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.Limits.MinResponseDataRate = null;
            if (SocketPath is null)
            {
                options.Listen(IPAddress.Loopback, _port == 0 ? port : _port, Speak);
            }
            else
            {
                options.ListenUnixSocket(SocketPath, Speak);
            }
        });
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.Zero);
        builder.Logging.ClearProviders();
        _application = builder.Build();
        _application.Run(ServeAsync);
        await _application.StartAsync().ConfigureAwait(false);
        _port = SocketPath is null ? new Uri(_application.Urls.Single()).Port : 0;
    }

    /// <summary>Refuses connections until <see cref="ListenAsync"/>.</summary>
    public async Task StopListeningAsync()
    {
        if (_application is { } application)
        {
            _application = null;
            await application.StopAsync().ConfigureAwait(false);
            await application.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await StopListeningAsync().ConfigureAwait(false);
        _ending.Dispose();
        Certificate?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Creates a transport that leads here without a network, so that a load under a fake clock ends before the call that started it returns.</summary>
    public HttpMessageHandler CreateMemoryHandler() => new MemoryHandler(Handle);

    /// <summary>Stores a secret by its native name.</summary>
    public abstract void Seed(string name, string value);

    /// <summary>Refuses a secret by its native name.</summary>
    public virtual void Deny(string name) => throw new NotSupportedException("This server has no secrets of its own.");

    /// <summary>Ends all refusals.</summary>
    public virtual void Allow()
    {
    }

    /// <summary>Says what the vendor's documentation calls a call.</summary>
    protected abstract string OperationOf(ServerCall call);

    /// <summary>Answers a call that meets no fault.</summary>
    protected abstract ServerAnswer Answer(ServerCall call);

    private void Speak(ListenOptions listen)
    {
        listen.Protocols = HttpProtocols.Http1;
        if (Certificate is not null)
        {
            listen.UseHttps(https =>
            {
                https.ServerCertificate = Certificate;
                https.ClientCertificateMode = RequiresClientCertificate ? ClientCertificateMode.RequireCertificate : ClientCertificateMode.NoCertificate;
                https.AllowAnyClientCertificate();
            });
        }
    }

    private (FaultKind? Fault, ServerAnswer? Answer) Handle(string method, string target, Dictionary<string, string> headers, byte[] body)
    {
        ServerCall call = Record(method, target, headers, body, "memory");
        lock (_lock)
        {
            _now--;
            FaultKind? fault = IsDown ? FaultKind.Reset : _faults.Find(f => f.Meets(call))?.Kind;
            return (fault, fault switch
            {
                null => Answer(call),
                FaultKind.Reset or FaultKind.Silence => null,
                FaultKind.TooManyRequests => ServerAnswer.Text(429, ""),
                FaultKind.Unavailable => ServerAnswer.Text(503, ""),
                FaultKind.Garbage or FaultKind.WrongShape => ServerAnswer.Text(200, "[1", "application/json"),
                FaultKind.EmptyObject => ServerAnswer.Text(200, "{}", "application/json"),
                FaultKind.Oversize => ServerAnswer.Text(200, new string(' ', 20 * 1024 * 1024), "application/json"),
                _ => Fail(fault.Value, call),
            });
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        if (context.Request.Path == "/_calls")
        {
            await WriteAsync(context, Report(), context.RequestAborted).ConfigureAwait(false);
            return;
        }

        ServerCall call = Record(context.Request, body.ToArray());
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _ending.Token);
        try
        {
            await (_gate?.PassAsync(call, ended.Token) ?? Task.CompletedTask).ConfigureAwait(false);
            if (Latency > TimeSpan.Zero)
            {
                await Task.Delay(Latency, ended.Token).ConfigureAwait(false);
            }

            await ServeAsync(context, call, FaultOf(call), ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
        finally
        {
            lock (_lock)
            {
                _now--;
            }
        }
    }

    private static async Task WriteAsync(HttpContext context, ServerAnswer answer, CancellationToken cancellationToken)
    {
        context.Response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers)
        {
            context.Response.Headers.Append(name, value);
        }

        context.Response.ContentLength = answer.Body.Length;
        if (answer.Body.Length > 0)
        {
            context.Response.ContentType = answer.ContentType;
            await context.Response.Body.WriteAsync(answer.Body, cancellationToken).ConfigureAwait(false);
        }
    }

    private ServerCall Record(HttpRequest request, byte[] body) => Record(
        request.Method,
        request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget,
        request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body,
        request.HttpContext.Connection.Id,
        request.HttpContext.Connection.ClientCertificate?.Thumbprint);

    private ServerCall Record(string method, string target, Dictionary<string, string> headers, byte[] body, string connection, string? thumbprint = null)
    {
        lock (_lock)
        {
            var call = new ServerCall { Number = _calls.Count + 1, Connection = connection, ClientThumbprint = thumbprint, Method = method, Target = target, Headers = headers, Body = body };
            call.Operation = OperationOf(call);
            _calls.Add(call);
            _maxConcurrentCalls = Math.Max(_maxConcurrentCalls, ++_now);
            return call;
        }
    }

    private ServerAnswer Report()
    {
        IReadOnlyList<ServerCall> calls = Calls;
        var operations = new System.Text.Json.Nodes.JsonObject();
        foreach (IGrouping<string, ServerCall> same in calls.GroupBy(c => c.Operation, StringComparer.Ordinal))
        {
            operations[same.Key] = same.Count();
        }

        return ServerAnswer.Json(200, new System.Text.Json.Nodes.JsonObject { ["calls"] = calls.Count, ["operations"] = operations });
    }
}
