using System.Text.Json;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>
/// The life of a token, in one place: it is had at the first call, renewed at two thirds of its life, replaced by another login where it ends, and where a call is
/// refused while it should still be good. A login that fails is not remembered; calls that need one at the same time share it.
/// </summary>
internal sealed class VaultTokens(VaultHttp http, VaultLogin login, TimeProvider timeProvider)
{
    // A call that is refused this soon after the server took the token is refused for another reason.
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private VaultToken? _token;
    private Task<VaultToken>? _work;

    private DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Gives the token, and logs in where there is none that is good.</summary>
    /// <exception cref="VaultLoginException">There is nothing to log in with, or it was refused.</exception>
    /// <exception cref="VaultException">The server answered with another error.</exception>
    public async Task<VaultToken> GetAsync(CancellationToken cancellationToken)
    {
        VaultToken? token = _token;
        return token is null || token.IsOver(Now) ? await OnceAsync(token, LogInAsync, cancellationToken).ConfigureAwait(false) : token;
    }

    /// <summary>Says whether a <see cref="VaultToken.Login"/> is that of the token that is used now.</summary>
    public bool IsCurrent(object? login) => ReferenceEquals(login, _token?.Login);

    /// <summary>Says whether another token has taken the place of one with which a call was refused, so that the call is worth another try.</summary>
    public async Task<bool> ReplaceAsync(VaultToken refused, CancellationToken cancellationToken)
    {
        VaultToken? token = _token;
        if (token is not null && string.Equals(token.Text, refused.Text, StringComparison.Ordinal))
        {
            if (Now - token.ProvenAt < _fresh)
            {
                return false;
            }

            token = await OnceAsync(token, c => ProveAsync(token, c), cancellationToken).ConfigureAwait(false);
        }

        return token is not null && !string.Equals(token.Text, refused.Text, StringComparison.Ordinal);
    }

    /// <summary>Renews the token where that is due.</summary>
    /// <returns>In how long it will be due; <see langword="null"/> where it never is.</returns>
    public async Task<TimeSpan?> KeepAsync(CancellationToken cancellationToken)
    {
        VaultToken token = await GetAsync(cancellationToken).ConfigureAwait(false);
        if (CanBeKept(token) && token.IsDue(Now))
        {
            token = await OnceAsync(token, c => RenewAsync(token, c), cancellationToken).ConfigureAwait(false);
        }

        return CanBeKept(token) ? token.DueIn(Now) : null;
    }

    /// <summary>Ends the token that this program logged in for; with it end the leases that it was given.</summary>
    public async Task RevokeAsync(CancellationToken cancellationToken)
    {
        if (_token is { IsOwn: true } token && !token.IsOver(Now))
        {
            await http.SendAsync(HttpMethod.Post, "auth/token/revoke-self", token.Text, body: null, cancellationToken).ConfigureAwait(false);
        }
    }

    // A token that was given can be renewed; where that is over, only another would help.
    private bool CanBeKept(VaultToken token) => token.Duration is not null && (token.IsRenewable || !login.IsToken);

    private Task<VaultToken> OnceAsync(VaultToken? seen, Func<CancellationToken, Task<VaultToken>> work, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_token, seen))
            {
                return Task.FromResult(_token!);
            }

            if (_work is null or { IsCompleted: true })
            {
                _work = WorkAsync();
            }

            return _work.WaitAsync(cancellationToken);
        }

        async Task<VaultToken> WorkAsync()
        {
            VaultToken token = await work(cancellationToken).ConfigureAwait(false);
            _token = token;
            return token;
        }
    }

    private async Task<VaultToken> LogInAsync(CancellationToken cancellationToken)
    {
        string credential = await login.CredentialAsync(cancellationToken).ConfigureAwait(false);
        if (login.BodyOf(credential) is not { } body)
        {
            return await LookUpAsync(credential, cancellationToken).ConfigureAwait(false)

                // It may be good for all else, and not for looking at itself.
                ?? new VaultToken { Text = credential };
        }

        try
        {
            byte[] answer = await http.SendAsync(HttpMethod.Post, login.Path, token: null, body, cancellationToken).ConfigureAwait(false) ?? throw Refused(404);
            return JsonAnswer.Read(answer, json =>
            {
                JsonElement auth = JsonAnswer.Member(json, "auth") ?? throw JsonAnswer.Malformed();
                TimeSpan? duration = VaultAnswer.Seconds(auth, "lease_duration");
                return new VaultToken
                {
                    Text = JsonAnswer.Text(auth, "client_token"),
                    IsOwn = true,
                    IsRenewable = VaultAnswer.Flag(auth, "renewable"),
                    Duration = duration,
                    Whole = duration,
                    Since = Now,
                    IsTaken = true,
                    ProvenAt = Now,
                };
            });
        }
        catch (VaultException refused) when (refused.HttpStatus is >= 400 and < 500 and not 408 and not 429)
        {
            throw Refused(refused.HttpStatus);
        }
    }

    private VaultLoginException Refused(int status) => new($"the login with {login.Method} ({login.Path}) was refused", status);

    /// <summary>Gives a token with what the server says of its life, or <see langword="null"/> where the server does not take it for this call.</summary>
    private async Task<VaultToken?> LookUpAsync(string text, CancellationToken cancellationToken)
    {
        try
        {
            byte[] answer = await http.SendAsync(HttpMethod.Get, "auth/token/lookup-self", text, body: null, cancellationToken).ConfigureAwait(false) ?? throw new VaultException(404);
            return JsonAnswer.Read(answer, json =>
            {
                JsonElement data = JsonAnswer.Member(json, "data") ?? throw JsonAnswer.Malformed();
                return new VaultToken
                {
                    Text = text,
                    IsRenewable = VaultAnswer.Flag(data, "renewable"),
                    Duration = VaultAnswer.Seconds(data, "ttl"),
                    Whole = VaultAnswer.Seconds(data, "creation_ttl") ?? VaultAnswer.Seconds(data, "ttl"),
                    Since = Now,
                    IsTaken = true,
                    ProvenAt = Now,
                };
            });
        }
        catch (VaultException refused) when (refused.HttpStatus is 400 or 403 or 404)
        {
            return null;
        }
    }

    private async Task<VaultToken> ProveAsync(VaultToken token, CancellationToken cancellationToken)
    {
        if (login.IsToken)
        {
            // The file may hold another by now.
            string credential = await login.CredentialAsync(cancellationToken).ConfigureAwait(false);
            return string.Equals(credential, token.Text, StringComparison.Ordinal) ? token.Proven(Now) : await LogInAsync(cancellationToken).ConfigureAwait(false);
        }

        return await LookUpAsync(token.Text, cancellationToken).ConfigureAwait(false) is not null
            ? token.Proven(Now)
            : await LogInAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<VaultToken> RenewAsync(VaultToken token, CancellationToken cancellationToken)
    {
        if (token.IsRenewable && await TryRenewAsync(token, cancellationToken).ConfigureAwait(false) is { } renewed)
        {
            // What is granted shrinks as the token nears the end of what renewals can do.
            bool isWhole = renewed.Duration is null || renewed.Duration * 2 >= token.Whole;
            return isWhole ? renewed : login.IsToken ? renewed.WithoutRenewal() : await LogInAsync(cancellationToken).ConfigureAwait(false);
        }

        return login.IsToken ? token.WithoutRenewal() : await LogInAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<VaultToken?> TryRenewAsync(VaultToken token, CancellationToken cancellationToken)
    {
        try
        {
            byte[] answer = await http.SendAsync(HttpMethod.Post, "auth/token/renew-self", token.Text, [], cancellationToken).ConfigureAwait(false) ?? throw new VaultException(404);
            return JsonAnswer.Read(answer, json =>
            {
                JsonElement auth = JsonAnswer.Member(json, "auth") ?? throw JsonAnswer.Malformed();
                return token.Renewed(VaultAnswer.Seconds(auth, "lease_duration") ?? TimeSpan.Zero, VaultAnswer.Flag(auth, "renewable"), Now);
            });
        }
        catch (VaultException refused) when (refused.HttpStatus is 400 or 403 or 404)
        {
            return null;
        }
    }
}
