using System.Runtime.ExceptionServices;
using Secrets.Remote;

namespace Secrets.Vault;

/// <summary>
/// The life of a token, in one place. It is obtained at the first call, renewed at two thirds of its life, and replaced by another login where it ends, where its uses are
/// spent, and where a call is refused and the server no longer knows the token. A renewal that fails leaves a token that is still good. A login that fails is not cached;
/// calls that need one at the same time share it.
/// </summary>
internal sealed class VaultTokens(VaultHttp http, VaultLogin login, TimeProvider timeProvider)
{
    private readonly VaultTokenCalls _calls = new(http, login, timeProvider);
    private readonly Lock _lock = new();
    private readonly List<VaultToken> _replaced = [];
    private readonly HashSet<object> _endedLogins = [];
    private VaultToken? _token;
    private Task<VaultToken>? _work;
    private int _usesLeft;
    private long _proofs;

    /// <summary>Gets the number of times that the server was asked about a token, by a login or a look. A call that was sent after the last of them was refused for another reason.</summary>
    public long Proofs => Interlocked.Read(ref _proofs);

    /// <summary>Gets why the token could not be renewed or replaced; <see langword="null"/> where nothing is wrong.</summary>
    public Exception? Trouble => _token?.Trouble;

    /// <summary>Gives the token for one call, and logs in where there is none that is good.</summary>
    /// <exception cref="VaultLoginException">There is nothing to log in with, or it was refused.</exception>
    /// <exception cref="VaultException">The server answered with another error.</exception>
    public async Task<VaultToken> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            VaultToken? token = _token;
            if (token is null || token.IsOver)
            {
                token = await OnceAsync(token, LogInAsync, cancellationToken).ConfigureAwait(false);
            }

            if (TakeUse(token))
            {
                return token;
            }

            await OnceAsync(token, LogInAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says whether a <see cref="VaultToken.Login"/> is that of the token that is used now.</summary>
    public bool IsCurrent(object? login) => ReferenceEquals(login, _token?.Login);

    /// <summary>Says whether a token is still used as it was, neither renewed nor replaced.</summary>
    public bool IsUnchanged(VaultToken token) => ReferenceEquals(token.Life, _token?.Life);

    /// <summary>Finds out whether a call was refused because of its token, and replaces the token then.</summary>
    /// <param name="refused">The token.</param>
    /// <param name="proofs">The number of <see cref="Proofs"/> when the call was sent.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>True where another token has taken its place, so that the call is worth another try.</returns>
    public async Task<bool> ReplaceAsync(VaultToken refused, long proofs, CancellationToken cancellationToken)
    {
        VaultToken? token = _token;
        if (token is not null && string.Equals(token.Text, refused.Text, StringComparison.Ordinal))
        {
            if (Proofs > proofs)
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
        VaultToken? token = _token;
        if (token is null || token.IsOver)
        {
            token = await OnceAsync(token, LogInAsync, cancellationToken).ConfigureAwait(false);
        }
        else if (CanBeKept(token) && token.IsDue)
        {
            token = await OnceAsync(token, c => RenewAsync(token, c), cancellationToken).ConfigureAwait(false);
        }

        return CanBeKept(token) ? token.DueIn : null;
    }

    /// <summary>Gets a value indicating whether this program logged in and has not ended the login, which would end the leases that were issued to it.</summary>
    public bool IsOwn
    {
        get
        {
            lock (_lock)
            {
                return _token is { IsOwn: true } token && !_endedLogins.Contains(token.Login);
            }
        }
    }

    /// <summary>
    /// Ends the tokens that this program logged in for; with them end the leases that were issued to them. The present one comes first. A failure of one leaves no other alive, and
    /// another call ends those that are left.
    /// </summary>
    /// <exception cref="VaultException">The server answered with an error.</exception>
    public async Task RevokeAsync(CancellationToken cancellationToken)
    {
        VaultToken[] own;
        lock (_lock)
        {
            own = [.. _replaced.Prepend(_token).OfType<VaultToken>().Where(t => t.IsOwn && !t.IsOver && !_endedLogins.Contains(t.Login))];
        }

        ExceptionDispatchInfo? failed = null;
        foreach (VaultToken token in own)
        {
            try
            {
                await _calls.RevokeAsync(token, isReplaced: !ReferenceEquals(token, _token), cancellationToken).ConfigureAwait(false);
                lock (_lock)
                {
                    _endedLogins.Add(token.Login);
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                failed ??= ExceptionDispatchInfo.Capture(failure);
            }
        }

        failed?.Throw();
    }

    private bool TakeUse(VaultToken token) => token.Uses == 0 || Interlocked.Decrement(ref _usesLeft) >= 0;

    // A token that was given can be renewed; where that is over, only another would help.
    private bool CanBeKept(VaultToken token) => token.Life is not null && (token.IsRenewable || !login.IsToken);

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
            lock (_lock)
            {
                if (_token is { } old && !ReferenceEquals(old.Login, token.Login))
                {
                    _replaced.RemoveAll(t => t.IsOver);
                    _replaced.Add(old);
                }

                _usesLeft = ReferenceEquals(_token?.Login, token.Login) ? _usesLeft : token.Uses;
                _token = token;
            }

            return token;
        }
    }

    private async Task<VaultToken> LogInAsync(CancellationToken cancellationToken)
    {
        if (!login.IsToken)
        {
            Interlocked.Increment(ref _proofs);
            return await _calls.LogInAsync(cancellationToken).ConfigureAwait(false);
        }

        string? text = await login.TokenAsync(_calls.Context, cancellationToken).ConfigureAwait(false);
        return (text is null ? null : await LookUpAsync(text, cancellationToken).ConfigureAwait(false))

            // It may be good for all else, and not for looking at itself; where there is none, somebody between adds it.
            ?? new VaultToken { Text = text };
    }

    private Task<VaultToken?> LookUpAsync(string text, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _proofs);
        return _calls.LookUpAsync(text, cancellationToken);
    }

    private async Task<VaultToken> ProveAsync(VaultToken token, CancellationToken cancellationToken)
    {
        if (login.IsToken)
        {
            // The file may hold another by now.
            string? text = await login.TokenAsync(_calls.Context, cancellationToken).ConfigureAwait(false);
            Interlocked.Increment(ref _proofs);
            return string.Equals(text, token.Text, StringComparison.Ordinal) ? token : await LogInAsync(cancellationToken).ConfigureAwait(false);
        }

        _ = TakeUse(token);
        return await LookUpAsync(token.Text!, cancellationToken).ConfigureAwait(false) is not null ? token : await LogInAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<VaultToken> RenewAsync(VaultToken token, CancellationToken cancellationToken)
    {
        VaultToken? renewed = null;
        try
        {
            _ = TakeUse(token);
            renewed = token.IsRenewable ? await _calls.RenewAsync(token, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception failure) when (LeavesToken(token, failure) && !token.IsNearEnd)
        {
            return new VaultToken(token) { Trouble = failure };
        }
        catch (Exception failure) when (LeavesToken(token, failure))
        {
            // Another login is tried below, while there is time.
        }

        // What is granted shrinks as the token nears the end of what renewals can do.
        if (renewed is not null && (renewed.Life is null || renewed.Life.Length * 2 >= token.Whole))
        {
            return renewed;
        }

        token = renewed ?? token;
        if (login.IsToken)
        {
            return new VaultToken(token) { IsRenewable = false, Trouble = null };
        }

        try
        {
            return await LogInAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (LeavesToken(token, failure))
        {
            return new VaultToken(token) { Trouble = failure };
        }
    }

    // A failure that is not of the whole store leaves a token that is still good.
    private static bool LeavesToken(VaultToken token, Exception failure) =>
        !token.IsOver && (failure is VaultLoginException || VaultFailures.Table.Find(failure) is { Kind: RemoteFailureKind.Secret or RemoteFailureKind.Denied });
}
