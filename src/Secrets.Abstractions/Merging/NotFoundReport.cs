using System.Globalization;
using System.Text;
using Secrets.Keys;
using Secrets.Redaction;

namespace Secrets.Merging;

/// <summary>Words the one exception for all that is missing: where each source looked, in its own notation, and a near miss.</summary>
internal sealed class NotFoundReport(Snapshot snapshot)
{
    // Each hint compares a path with thousands.
    private const int MaxHints = 50;
    private const int MaxCompared = 10_000;

    public Exception Exception(IReadOnlyList<SecretPath> paths, SoughtKind sought)
    {
        string[] texts = [.. paths.Select(p => p.ToString())];
        string message = Message(paths, sought);
        LoadedSource[] stores = [.. snapshot.Sources.Where(s => s.Lookup is null)];
        return stores.Length > 0 && Array.TrueForAll(stores, s => s.Batch is { IsMissing: true })
            ? new SecretsFileNotFoundException(message, texts, [.. stores.SelectMany(s => s.Batch!.Places)])
            : new SecretNotFoundException(message, texts);
    }

    private string Message(IReadOnlyList<SecretPath> paths, SoughtKind sought)
    {
        var text = new StringBuilder();
        SecretPath? unknown = AppendMissing(text, paths);
        if (snapshot.Sources.Count == 0)
        {
            return text.AppendLine().Append("The chain has no source; add one, as in AddToml().").ToString();
        }

        text.AppendLine().Append("Looked in:");
        foreach (LoadedSource source in snapshot.Sources)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {source.Name}: {string.Join("; ", Looked(source, paths).Select(SecretOrigin.Printable))}");
        }

        if (snapshot.Sources.Any(s => s.Demands is not null && s.Batch is { IsMissing: false } && paths.Any(p => SecretDemand.Includes(s.Demands, p, snapshot.Comparison))))
        {
            text.AppendLine().Append(
                "A store that is asked by name cannot look for other spellings: [SecretName(\"…\")] on the member, or Require(\"…\"), gives the one that it has.");
        }

        if (unknown is { } missing && HowToAdd(missing, sought) is { } advice)
        {
            text.AppendLine().Append(advice);
        }

        return text.ToString();
    }

    /// <summary>Appends the paths with their hints. Gives the first that is to be added: what was mistyped is to be corrected, and what stands in another section may be meant to be there.</summary>
    private SecretPath? AppendMissing(StringBuilder text, IReadOnlyList<SecretPath> paths)
    {
        if (paths is [var only])
        {
            string? mistake = Mistake(only);
            text.Append(CultureInfo.InvariantCulture, $"{only} was not found.{Spaced(mistake ?? Elsewhere(only))}");
            return mistake is null ? only : null;
        }

        SecretPath? unknown = null;
        text.Append(CultureInfo.InvariantCulture, $"{paths.Count} secrets were not found:");
        for (int i = 0; i < paths.Count; i++)
        {
            string? mistake = i < MaxHints ? Mistake(paths[i]) : null;
            string hint = Spaced(mistake ?? (i < MaxHints ? Elsewhere(paths[i]) : null));
            unknown ??= mistake is null ? paths[i] : null;
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {paths[i]}{(hint.Length > 0 ? "." : "")}{hint}");
        }

        return unknown;
    }

    private string? HowToAdd(SecretPath path, SoughtKind sought)
    {
        string? section = sought == SoughtKind.Value ? null : Ways(path, (source, batch) => source.HowToAddSection(path, batch));
        if (sought == SoughtKind.Section)
        {
            return section is null ? null : $"To add the section {path}, {section}.";
        }

        string? value = Ways(path, (source, batch) => source.HowToAdd(path, batch));
        return value is null ? null : $"To add {path}, {value}.{(section is null ? "" : $" If it is a section, {section}.")}";
    }

    private string? Ways(SecretPath path, Func<IMissAdviser, SecretsBatch, string?> wayOf)
    {
        string[] ways =
        [
            .. from source in snapshot.Sources
               where source is { Batch: not null, Source: IMissAdviser } && snapshot.Pins.Allows(path, source.Name)
               let way = wayOf((IMissAdviser)source.Source!, source.Batch!)
               where way is not null
               select way,
        ];
        return ways.Length == 0 ? null : SecretOrigin.Printable(PlaceList.Of(ways, ", or "));
    }

    private string[] Looked(LoadedSource source, IReadOnlyList<SecretPath> paths)
    {
        if (paths.All(p => !snapshot.Pins.Allows(p, source.Name)))
        {
            return ["kept out by a pin"];
        }

        if (source is { Batch: null, Failure: { } failure })
        {
            return [$"failed, which is tolerated: {failure.Message}"];
        }

        if (source.Batch is null)
        {
            return [Undeclared(paths) is { } undeclared
                ? "not asked, since it is asked for required paths alone; " + ToAdd(undeclared)
                : "not asked: optional paths alone are no reason to, and of required ones a higher source has something in the way"];
        }

        if (source.Batch.IsMissing)
        {
            return ["nothing at " + PlaceList.Of(source.Batch.Places, ", ")];
        }

        if (source.Lookup is not null)
        {
            return [PlaceList.Of([.. paths.Select(p => PlaceList.Of(source.PlacesOf(p), ", "))], "; ")];
        }

        string[] places = [.. paths.SelectMany(source.PlacesOf).Distinct(StringComparer.Ordinal)];
        if (!paths.All(p => SecretDemand.Includes(source.Demands, p, snapshot.Comparison)))
        {
            return [.. Listed(places), "asked for required paths alone", .. Undeclared(paths) is { } undeclared ? [ToAdd(undeclared)] : Array.Empty<string>()];
        }

        return places.Length > 0 ? Listed(places) : ["everything it has"];
    }

    private static string[] Listed(string[] places) => places.Length > 0 ? [PlaceList.Of(places, "; ")] : [];

    private SecretPath? Undeclared(IReadOnlyList<SecretPath> paths) => paths.FirstOrDefault(p => !snapshot.IsDeclared(p));

    private static string ToAdd(SecretPath undeclared) => $"add Require({PathText.Literal(undeclared.ToString())})";

    /// <summary>Says what stands in a path's way, or what was probably meant; <see langword="null"/> where neither is known.</summary>
    public string? Hint(SecretPath path) => Mistake(path) ?? Elsewhere(path);

    private string? Mistake(SecretPath path)
    {
        SecretValue? present = snapshot.Root.FindBySegments(path.Segments);
        if (present is { Node.IsFromLookups: true })
        {
            return $"It is not a value of its own; {present.Origin.Location} ({present.Origin.SourceName}) lies below it.";
        }

        if (present is not null && snapshot.HeldRequiredAt(path).Contains(path))
        {
            return $"No source has it any more; its last value ({present.Origin.Location}) is still served, because it is required.";
        }

        // Nothing lies deeper, and a path that a request brought may be longer than that.
        for (int length = Math.Min(path.Segments.Count - 1, DepthLimit.MaxKeys); length > 0; length--)
        {
            SecretValue? above = snapshot.Root.FindBySegments([.. path.Segments.Take(length)]);
            if (above is { Node: { IsInArray: true } table })
            {
                string parent = above.DisplayPath + ".";
                return NearestOf(
                    parent + string.Join('.', path.Segments.Skip(length).Select(PathText.FormatSegment)),
                    table.EntryList.Select(e => KeyValuePair.Create(parent + PathText.FormatSegment(e.Key), e.Value)));
            }

            if (above is { Kind: not SecretKind.Section })
            {
                return Obstacle(above) + Unused(path);
            }
        }

        return NearestOf(path.ToString(), snapshot.ByPath);
    }

    /// <summary>Says that a lookup has the path, and does not answer: the message names its place, as if nothing were there.</summary>
    private string Unused(SecretPath path) =>
        snapshot.Sources.Select(s => s.Answer(path, snapshot.Pins, isElsewhere: true)).FirstOrDefault(a => a is { Kind: not SecretKind.Unreadable }) is { Origin: { } origin }
            ? $" {origin.Location} ({origin.SourceName}) is set, and does not answer below it."
            : "";

    /// <summary>Names the one place where the same keys stand deeper or higher: in TOML, a line at the end of the file belongs to the section above it.</summary>
    private string? Elsewhere(SecretPath path)
    {
        if (path.Segments.Count is 0 or > DepthLimit.MaxKeys || snapshot.ByPath.Count > MaxCompared)
        {
            return null;
        }

        SecretValue[] found =
        [
            .. snapshot.ByPath.Values.Select(v => v.Node?.FindListed(path.Segments)).OfType<SecretValue>(),
            .. Enumerable.Range(1, path.Segments.Count - 1).Select(above => snapshot.Root.FindListed(path.Segments.Skip(above))).OfType<SecretValue>(),
        ];
        return found is [var only] ? MeantBy(only) : null;
    }

    private static string Obstacle(SecretValue above)
    {
        if (above.Elements is { } elements)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{above.DisplayPath} ({above.Origin}) is an array of {elements.Length}, counted from 0.");
        }

        return $"{above.DisplayPath} ({above.Origin}) is {Redactor.Describe(above)}, not a section.{Spaced(above.Origin.Note)}";
    }

    private static string? NearestOf(string path, IEnumerable<KeyValuePair<string, SecretValue>> known) => NearMiss.Of(path, known) is { } near ? MeantBy(near) : null;

    private static string MeantBy(SecretValue value) => $"Did you mean {value.DisplayPath} ({value.Origin.Location})?";

    private static string Spaced(string? sentence) => sentence is null ? "" : " " + sentence;
}
