using System.Text.Json;
using System.Text.Json.Nodes;
using Secrets.Remote.Http;

namespace Secrets.Vault;

/// <summary>The calls that create, look at, renew and end a token ("Token auth method" and the login of each method in the HTTP API reference).</summary>
internal sealed class VaultTokenCalls(VaultHttp http, VaultLogin login, TimeProvider timeProvider)
{
    public VaultLoginContext Context { get; } = new(http);

    /// <summary>Logs in with what the login sends.</summary>
    /// <exception cref="VaultLoginException">There is nothing to log in with, or it was refused.</exception>
    /// <exception cref="VaultException">The server answered with another error.</exception>
    public async Task<VaultToken> LogInAsync(CancellationToken cancellationToken)
    {
        JsonObject body = await login.BodyAsync(Context, cancellationToken).ConfigureAwait(false);
        try
        {
            byte[] answer = await http.SendAsync(HttpMethod.Post, VaultPath.Encode(login.Path), token: null, body, cancellationToken).ConfigureAwait(false) ?? throw new VaultException(404);
            return JsonAnswer.Read(answer, ReadLogin);
        }
        catch (VaultException refused) when (refused.HttpStatus is >= 400 and < 500 && VaultFailures.Table.Find(refused) is { Code: not SecretsErrorCode.Unavailable, Status: not 407 })
        {
            throw VaultLoginAdvice.Refused(login, refused.HttpStatus);
        }
    }

    /// <summary>Gives a token with what the server says of its life, or <see langword="null"/> where the server does not accept it for this call.</summary>
    public async Task<VaultToken?> LookUpAsync(string text, CancellationToken cancellationToken)
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
                    Life = LifeOf(VaultAnswer.Seconds(data, "ttl")),
                    Whole = VaultAnswer.Seconds(data, "creation_ttl") ?? VaultAnswer.Seconds(data, "ttl"),
                    IsAccepted = true,
                };
            });
        }
        catch (VaultException refused) when (refused.HttpStatus is 400 or 403 or 404)
        {
            return null;
        }
    }

    /// <summary>Renews a token; <see langword="null"/> where the server refuses.</summary>
    public async Task<VaultToken?> RenewAsync(VaultToken token, CancellationToken cancellationToken)
    {
        try
        {
            byte[] answer = await http.SendAsync(HttpMethod.Post, "auth/token/renew-self", token.Text, [], cancellationToken).ConfigureAwait(false) ?? throw new VaultException(404);
            return JsonAnswer.Read(answer, json =>
            {
                JsonElement auth = JsonAnswer.Member(json, "auth") ?? throw JsonAnswer.Malformed();
                return new VaultToken(token)
                {
                    IsRenewable = VaultAnswer.Flag(auth, "renewable"),
                    Life = LifeOf(VaultAnswer.Seconds(auth, "lease_duration")),
                    IsAccepted = true,
                    Trouble = null,
                };
            });
        }
        catch (VaultException refused) when (refused.HttpStatus is 400 or 403 or 404)
        {
            return null;
        }
    }

    /// <summary>Ends a token. One that was replaced had mostly ended, so that a refusal of it is none.</summary>
    public async Task RevokeAsync(VaultToken token, bool isReplaced, CancellationToken cancellationToken)
    {
        try
        {
            await http.SendAsync(HttpMethod.Post, "auth/token/revoke-self", token.Text, body: null, cancellationToken).ConfigureAwait(false);
        }
        catch (VaultException refused) when (refused.HttpStatus == 403 && isReplaced)
        {
        }
    }

    private VaultToken ReadLogin(JsonElement json)
    {
        JsonElement auth = JsonAnswer.Member(json, "auth") ?? throw JsonAnswer.Malformed();
        if (JsonAnswer.Member(auth, "mfa_requirement") is not null)
        {
            throw new VaultLoginException(
                $"the login with {login.Description} asks for a second factor (MFA), which a program cannot give",
                "give this program a login that no MFA enforcement covers.");
        }

        string text = JsonAnswer.Text(auth, "client_token");
        TimeSpan? duration = VaultAnswer.Seconds(auth, "lease_duration");
        return new VaultToken
        {
            // It becomes a header, whose own check would quote it.
            Text = HeaderText.IsValid(text) ? text : throw JsonAnswer.Malformed(),
            IsOwn = true,
            IsRenewable = VaultAnswer.Flag(auth, "renewable"),
            Life = LifeOf(duration),
            Whole = duration,
            Uses = JsonAnswer.Member(auth, "num_uses") is { ValueKind: JsonValueKind.Number } uses && uses.TryGetInt32(out int count) && count > 0 ? count : 0,
            IsAccepted = true,
        };
    }

    private Lifetime? LifeOf(TimeSpan? duration) => duration is { } length ? new Lifetime(length, timeProvider) : null;
}
