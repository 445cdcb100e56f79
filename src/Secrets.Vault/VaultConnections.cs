using System.Net.Security;
using System.Net.Sockets;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>
/// The connections to a server: through a network or a socket of this machine, with a client certificate where there is one. They are created at the first call, and replaced
/// after a file has changed that they are made of.
/// </summary>
internal sealed class VaultConnections(VaultOptions options, TimeProvider timeProvider) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly VaultTlsFiles _files = new(options);
    private Generation? _current;
    private volatile bool _isCertificateWanted;
    private volatile bool _isAnswered;
    private bool _isDisposed;

    /// <summary>Gets why changed files could not be used, so that those of before serve on; <see langword="null"/> where nothing is wrong.</summary>
    public VaultSetupException? Trouble { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Generation connections = Take();
        try
        {
            HttpResponseMessage answer = await connections.Calls.SendAsync(request, cancellationToken).ConfigureAwait(false);
            _isAnswered = true;
            return answer;
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException)
        {
            Explain(failure);
            throw;
        }
        finally
        {
            GiveBack(connections);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_lock)
            {
                // A call that is under way keeps its connection, and the last one gives it up: what unwraps a SecretID must not be cut off.
                _isDisposed = true;
                if (_current is { Users: 0 })
                {
                    _current.Dispose();
                }

                _current = null;
            }
        }

        base.Dispose(disposing);
    }

    private void Explain(Exception failure)
    {
        if (VaultAddress.SocketOf(options.Address) is { } socket)
        {
            NetworkFailure.Mark(failure, "the socket " + SecretOrigin.Printable(socket));
        }

        // Most servers ask for a certificate that they do not need: one that has answered needs none, and speaks as the address says.
        if (_isAnswered || failure is not HttpRequestException { HttpRequestError: var kind, InnerException: not null })
        {
            return;
        }

        if (VaultAddress.IsInTheClear(options.Address) && kind is HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse)
        {
            VaultHint.Note(failure, "try again later; where the server's port expects TLS, begin Address with https://.");
        }
        else if (_isCertificateWanted && kind is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError))
        {
            VaultHint.Note(failure, "try again later; where the server requires a client certificate, set ClientCertificate.");
        }
    }

    private Generation Take()
    {
        string stamp = _files.Stamp();
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (string.Equals(_current?.Stamp, stamp, StringComparison.Ordinal))
            {
                // A file that was away may be back as it was.
                Trouble = null;
            }
            else
            {
                Replace(stamp);
            }

            _current!.Users++;
            return _current;
        }
    }

    private void Replace(string stamp)
    {
        Generation created;
        try
        {
            created = Create(stamp);
        }
        catch (VaultSetupException failure) when (_current is not null)
        {
            // Mostly one of two files was replaced and the other not yet: the next call looks again.
            Trouble = failure;
            return;
        }

        Trouble = null;
        Generation? old = _current;
        _current = created;
        if (old is { Users: 0 })
        {
            old.Dispose();
        }
    }

    private void GiveBack(Generation connections)
    {
        lock (_lock)
        {
            if (--connections.Users == 0 && !ReferenceEquals(connections, _current))
            {
                connections.Dispose();
            }
        }
    }

    private Generation Create(string stamp)
    {
        SslStreamCertificateContext? client = _files.ReadClient();
        HttpMessageHandler connections = options.Handler is { } create
            ? new BoundedHandler(create(), options.CallTimeLimit, options.MaxAnswerBytes, timeProvider)
            : Transport.Create(options.CallTimeLimit, options.MaxAnswerBytes, timeProvider, _files.ReadAuthorities(), options.TlsServerName is { } name ? VaultAddress.HostInUrl(name) : null, s => Configure(s, client));
        return new Generation(new HttpMessageInvoker(connections), client, stamp);
    }

    private void Configure(SocketsHttpHandler sockets, SslStreamCertificateContext? client)
    {
        sockets.SslOptions.ClientCertificateContext = client;
        if (client is null)
        {
            // It is asked again, with the server's certificate, where the server wants one.
            sockets.SslOptions.LocalCertificateSelectionCallback = (_, _, _, server, _) =>
            {
                _isCertificateWanted |= server is not null;
                return null!;
            };
        }

        if (VaultAddress.SocketOf(options.Address) is { } path)
        {
            sockets.ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Connections of the same files, and how many calls use them.</summary>
    private sealed class Generation(HttpMessageInvoker calls, SslStreamCertificateContext? client, string stamp) : IDisposable
    {
        public HttpMessageInvoker Calls { get; } = calls;

        public string Stamp { get; } = stamp;

        public int Users { get; set; }

        public void Dispose()
        {
            Calls.Dispose();
            client?.TargetCertificate.Dispose();
        }
    }
}
