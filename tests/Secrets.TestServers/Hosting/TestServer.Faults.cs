using System.Text;
using Microsoft.AspNetCore.Http;
using Secrets.TestServers.Faults;

namespace Secrets.TestServers.Hosting;

/// <content>How it misbehaves.</content>
public abstract partial class TestServer
{
    private static readonly byte[] _garbage = [0x00, 0xFF, 0xFE, .. "<garbage>"u8];

    private readonly List<ServerFault> _faults = [];
    private CallGate? _gate;

    /// <summary>Gets or sets where <see cref="FaultKind.Redirect"/> leads.</summary>
    public Uri? RedirectTarget { get; set; }

    /// <summary>Gets or sets a value indicating whether connections are refused, for a transport without a network.</summary>
    public bool IsDown { get; set; }

    /// <summary>Gets a value indicating whether a fault is injected that has not ended.</summary>
    public bool IsFaulty
    {
        get
        {
            lock (_lock)
            {
                return _faults.Exists(f => !f.IsOver);
            }
        }
    }

    public void Inject(FaultKind kind, int times = int.MaxValue, Func<ServerCall, bool>? when = null) => Inject(new ServerFault(kind, times, when));

    public void Inject(ServerFault fault)
    {
        lock (_lock)
        {
            _faults.Add(fault);
        }
    }

    /// <summary>Answers no call, or none that meets a condition, before so many are under way at once.</summary>
    public void HoldUntil(int calls, Func<ServerCall, bool>? when = null) => _gate = new CallGate(calls, when);

    /// <summary>Ends all faults.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _faults.Clear();
        }
    }

    /// <summary>Gives the vendor's own form of a fault.</summary>
    protected abstract ServerAnswer Fail(FaultKind kind, ServerCall call);

    private async Task ServeAsync(HttpContext context, ServerCall call, FaultKind? fault, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case null:
                ServerAnswer answer;
                lock (_lock)
                {
                    answer = Answer(call);
                }

                await WriteAsync(context, answer, cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.TooManyRequests:
                await WriteAsync(context, ServerAnswer.Text(429, ""), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.Unavailable:
                await WriteAsync(context, ServerAnswer.Text(503, ""), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.Reset:
                context.Abort();
                break;
            case FaultKind.Truncated:
                context.Response.ContentLength = 1000;
                await context.Response.Body.WriteAsync("{\"half\": \""u8.ToArray(), cancellationToken).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                context.Abort();
                break;
            case FaultKind.Garbage:
                await WriteAsync(context, new ServerAnswer(200, [.. _garbage, .. Encoding.UTF8.GetBytes(ErrorText)], "application/json"), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.EmptyObject:
                await WriteAsync(context, ServerAnswer.Text(200, "{}", "application/json"), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.WrongShape:
                await WriteAsync(context, ServerAnswer.Text(200, $"[\"{ErrorText}\"]", "application/json"), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.WrongContentType:
                await WriteAsync(context, ServerAnswer.Text(200, $"<html><body>Please log in. {ErrorText}</body></html>", "text/html"), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.PageNotFound:
                await WriteAsync(context, ServerAnswer.Text(404, $"<html><body>No such page. {ErrorText}</body></html>", "text/html"), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.Redirect:
                await WriteAsync(context, new ServerAnswer(307, [], "text/plain", ("Location", (RedirectTarget ?? Address).AbsoluteUri)), cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.EndlessBody:
                await DripAsync(context, TimeSpan.FromMilliseconds(20), [(byte)' '], cancellationToken).ConfigureAwait(false);
                break;
            case FaultKind.Oversize:
                await DripAsync(context, TimeSpan.Zero, Encoding.UTF8.GetBytes(new string(' ', 64 * 1024)), cancellationToken).ConfigureAwait(false);
                break;
            default:
                await WriteAsync(context, Fail(fault.Value, call), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private static async Task DripAsync(HttpContext context, TimeSpan pause, byte[] drop, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        while (true)
        {
            await context.Response.Body.WriteAsync(drop, cancellationToken).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private FaultKind? FaultOf(ServerCall call)
    {
        lock (_lock)
        {
            return _faults.Find(f => f.Meets(call))?.Kind;
        }
    }
}
