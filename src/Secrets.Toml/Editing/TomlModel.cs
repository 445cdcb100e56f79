using Secrets.Toml.Reading;

namespace Secrets.Toml.Editing;

/// <summary>The content of a document without its layout: what it should be after an edit, to compare with what it is.</summary>
internal sealed class TomlModel
{
    private readonly SecretKind _kind;
    private readonly string? _text;
    private readonly Dictionary<string, TomlModel>? _members;
    private readonly List<TomlModel>? _items;

    private TomlModel(in TomlValue value)
    {
        _kind = value.Kind;
        switch (value.Kind)
        {
            case SecretKind.Section:
                _members = new Dictionary<string, TomlModel>(StringComparer.Ordinal);
                foreach (TomlEntry entry in value.Table.Entries)
                {
                    _members.Add(entry.Key, new TomlModel(entry.Value));
                }

                break;
            case SecretKind.Array:
                _items = [];
                foreach (TomlValue item in value.Array.Items)
                {
                    _items.Add(new TomlModel(item));
                }

                break;
            default:
                _text = value.Text;
                break;
        }
    }

    private bool IsEmpty => (_members?.Count ?? _items?.Count) == 0;

    public static TomlModel Of(TomlTable root) => new(new TomlValue(SecretKind.Section, root, default));

    /// <summary>Puts a value where an address leads; sections on the way to it are created.</summary>
    public void Set(IEnumerable<object> address, in TomlValue value)
    {
        object[] steps = [.. address];
        TomlModel place = this;
        foreach (object step in steps[..^1])
        {
            place = place.Find(step) ?? place.Put(step, new TomlModel(new TomlValue(SecretKind.Section, new TomlTable(TomlTableState.Header), default)));
        }

        place.Put(steps[^1], new TomlModel(value));
    }

    /// <summary>Removes what an address leads to, and of the sections around it those that have become empty and are not in the other document.</summary>
    public void Remove(IReadOnlyList<object> address, TomlModel other)
    {
        for (int count = address.Count; count > 0; count--)
        {
            TomlModel holder = Follow(address.Take(count - 1))!;
            holder.RemoveOwn(address[count - 1]);
            if (!holder.IsEmpty || other.Follow(address.Take(count - 1)) is not null)
            {
                return;
            }
        }
    }

    public bool Matches(TomlModel other) => _kind == other._kind
        && string.Equals(_text, other._text, StringComparison.Ordinal)
        && _members?.Count == other._members?.Count
        && (_members is null || _members.All(m => other._members!.TryGetValue(m.Key, out TomlModel? value) && m.Value.Matches(value)))
        && _items?.Count == other._items?.Count
        && (_items is null || _items.Zip(other._items!).All(pair => pair.First.Matches(pair.Second)));

    private TomlModel? Follow(IEnumerable<object> address)
    {
        TomlModel? place = this;
        foreach (object step in address)
        {
            place = place?.Find(step);
        }

        return place;
    }

    private TomlModel? Find(object step) => step is int index
        ? index < _items?.Count ? _items[index] : null
        : _members?.GetValueOrDefault((string)step);

    private TomlModel Put(object step, TomlModel value)
    {
        if (step is not int index)
        {
            _members![(string)step] = value;
        }
        else if (index == _items!.Count)
        {
            _items.Add(value);
        }
        else
        {
            _items[index] = value;
        }

        return value;
    }

    private void RemoveOwn(object step)
    {
        if (step is int index)
        {
            _items!.RemoveAt(index);
        }
        else
        {
            _members!.Remove((string)step);
        }
    }
}
