using System.Globalization;

namespace Secrets.Soak;

/// <summary>Rewrites one file as a rotation does, by atomic rename; now and then it is malformed or gone for a while.</summary>
internal sealed class Rotation(string file, Random random)
{
    private int _version;

    /// <summary>Gets the version that the file holds when it is whole.</summary>
    public int Version => Volatile.Read(ref _version);

    public async Task RunAsync(int rotations)
    {
        for (int i = 0; i < rotations; i++)
        {
            int kind = random.Next(20);
            if (kind == 0)
            {
                Write("[db]\nuser = \"v");
                await PauseAsync();
            }
            else if (kind == 1)
            {
                File.Delete(file);
                await PauseAsync();
            }

            WriteVersion(Version + 1);
            if (random.Next(4) != 0)
            {
                await PauseAsync();
            }
        }
    }

    public void WriteVersion(int version)
    {
        string v = version.ToString(CultureInfo.InvariantCulture);
        Write($"[db]\nuser = \"v{v}\"\npassword = \"v{v}\"\n");
        Volatile.Write(ref _version, version);
    }

    private void Write(string text)
    {
        string next = file + ".next";
        File.WriteAllText(next, text);
        File.Move(next, file, overwrite: true);
    }

    private Task PauseAsync() => Task.Delay(random.Next(1, 12));
}
