"""What continuous integration needs beside cardkit itself, which never reaches the network."""
