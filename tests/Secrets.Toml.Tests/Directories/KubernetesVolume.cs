using Secrets.Tests.Fakes;

namespace Secrets.Toml.Tests.Directories;

/// <summary>
/// A secret volume, written as the kubelet does: a new folder with a time in its name, a link to it that is moved over <c>..data</c>, links to the keys
/// for people, and then the old folder is removed (kubernetes, pkg/volume/util/atomic_writer.go).
/// </summary>
internal sealed class KubernetesVolume(TempDirectory temp, string folder)
{
    private int _number;

    /// <summary>Gets the name of the folder that holds the keys now.</summary>
    public string Version => $"..2026_01_02_03_04_05.{_number}";

    public void Publish(params (string Key, string Value)[] secret)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege on Windows");
        temp.Folder(folder);
        string old = Version;
        _number++;
        temp.Folder($"{folder}/{Version}");
        foreach ((string key, string value) in secret)
        {
            temp.Write($"{folder}/{Version}/{key}", value);
        }

        File.CreateSymbolicLink(temp[$"{folder}/..data_tmp"], Version);
        Unix.Rename(temp[$"{folder}/..data_tmp"], temp[$"{folder}/..data"]);
        string[] visible = [.. secret.Select(s => s.Key.Split('/')[0]).Distinct()];
        foreach (string key in visible.Where(k => new FileInfo(temp[$"{folder}/{k}"]).LinkTarget is null))
        {
            File.CreateSymbolicLink(temp[$"{folder}/{key}"], "..data/" + key);
        }

        foreach (string stale in Directory.GetFileSystemEntries(temp[folder]).Where(e => Path.GetFileName(e) is ['.', ..] ? false : !visible.Contains(Path.GetFileName(e))))
        {
            File.Delete(stale);
        }

        if (Directory.Exists(temp[$"{folder}/{old}"]))
        {
            Directory.Delete(temp[$"{folder}/{old}"], recursive: true);
        }
    }
}
