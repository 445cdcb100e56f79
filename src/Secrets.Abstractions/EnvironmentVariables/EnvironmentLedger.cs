namespace Secrets.EnvironmentVariables;

/// <summary>
/// Records which store exported which variable, for the whole process. Several stores may export one name, and each removes its own value.
/// The original value returns with the last of them, if the variable still holds what was exported. A value that somebody else set stays.
/// </summary>
internal sealed class EnvironmentLedger
{
    private readonly IEnvironmentBlock _block;

    private readonly StringComparer _names;

    private readonly Lock _lock = new();

    private readonly Dictionary<string, Record> _records;

    // What each owner exports: a refresh or a disposal costs its own variables, and not those of all stores of the process.
    private readonly Dictionary<object, HashSet<string>> _owned = new(ReferenceEqualityComparer.Instance);

    /// <param name="block">The environment.</param>
    /// <param name="names">When two names are one; <see langword="null"/> for the rule of this system.</param>
    public EnvironmentLedger(IEnvironmentBlock block, StringComparer? names = null)
    {
        _block = block;
        _names = names ?? (OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        _records = new(_names);
    }

    public static EnvironmentLedger OfProcess { get; } = new(new ProcessEnvironmentBlock());

    /// <summary>Gives the environment as it would be without what was exported.</summary>
    public IReadOnlyDictionary<string, string> Originals()
    {
        lock (_lock)
        {
            IReadOnlyDictionary<string, string> present = _block.Read();
            if (_records.Count == 0)
            {
                return present;
            }

            var originals = new Dictionary<string, string>(present.Count, _names);
            foreach ((string name, string value) in present)
            {
                // Of two spellings of one name, which a process may inherit, the system finds the first.
                originals.TryAdd(name, value);
            }

            foreach ((string name, Record record) in _records)
            {
                if (!record.IsOurs(originals.GetValueOrDefault(name)))
                {
                    continue;
                }

                if (record.Original is { } original)
                {
                    // This keeps the spelling that the variable has.
                    originals[name] = original;
                }
                else
                {
                    originals.Remove(name);
                }
            }

            return originals;
        }
    }

    /// <summary>Gives one variable as it would be without what was exported.</summary>
    public string? Original(string name)
    {
        lock (_lock)
        {
            string? present = _block.Get(name);
            return _records.TryGetValue(name, out Record? record) && record.IsOurs(present) ? record.Original : present;
        }
    }

    /// <summary>Sets what an owner exports. A variable that it exported before and no longer has gets its original value back.</summary>
    public void Export(object owner, Dictionary<string, string> variables)
    {
        lock (_lock)
        {
            if (!_owned.TryGetValue(owner, out HashSet<string>? owned))
            {
                owned = _owned[owner] = new HashSet<string>(_names);
            }

            foreach (string name in owned)
            {
                if (!variables.ContainsKey(name))
                {
                    // Removing while enumerating is allowed for a set.
                    TakeBack(owner, name);
                    owned.Remove(name);
                }
            }

            foreach ((string name, string value) in variables)
            {
                owned.Add(name);
                Put(owner, name, value);
            }
        }
    }

    /// <summary>Runs something that must not meet another export or release.</summary>
    public void Run(Action action)
    {
        lock (_lock)
        {
            action();
        }
    }

    public void Release(object owner)
    {
        lock (_lock)
        {
            if (!_owned.Remove(owner, out HashSet<string>? owned))
            {
                return;
            }

            foreach (string name in owned)
            {
                TakeBack(owner, name);
            }
        }
    }

    private void Put(object owner, string name, string value)
    {
        string? present = _block.Get(name);
        if (!_records.TryGetValue(name, out Record? record) || !record.IsOurs(present))
        {
            // Somebody set the variable since: theirs is the original now.
            record = new Record(present);
            _records[name] = record;
        }

        if (record.ClaimOf(owner) is { } claim)
        {
            claim.Value = value;
        }
        else
        {
            record.Claims.Add(new Claim(owner, value));
        }

        Restore(name, record, present);
    }

    private void TakeBack(object owner, string name)
    {
        // Another store may have found somebody else's value, and begun a record without this owner.
        if (!_records.TryGetValue(name, out Record? record))
        {
            return;
        }

        string? present = _block.Get(name);
        bool isOurs = record.IsOurs(present);
        if (record.ClaimOf(owner) is not { } claim)
        {
            return;
        }

        record.Claims.Remove(claim);

        if (isOurs)
        {
            Restore(name, record, present);
        }

        if (record.Claims.Count == 0 || !isOurs)
        {
            _records.Remove(name);
        }
    }

    private void Restore(string name, Record record, string? present)
    {
        string? value = record.Claims.Count == 0 ? record.Original : record.Claims[^1].Value;
        if (!string.Equals(value, present, StringComparison.Ordinal))
        {
            _block.Set(name, value);
        }
    }

    private sealed class Record(string? original)
    {
        public string? Original { get; } = original;

        public List<Claim> Claims { get; } = [];

        public Claim? ClaimOf(object owner)
        {
            foreach (Claim claim in Claims)
            {
                if (ReferenceEquals(claim.Owner, owner))
                {
                    return claim;
                }
            }

            return null;
        }

        public bool IsOurs(string? present) => Claims.Count > 0 && string.Equals(Claims[^1].Value, present, StringComparison.Ordinal);
    }

    private sealed class Claim(object owner, string value)
    {
        public object Owner { get; } = owner;

        public string Value { get; set; } = value;
    }
}
