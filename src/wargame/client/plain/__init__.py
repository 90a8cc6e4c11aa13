"""The line mode of the client: everything as short lines of text, for screen readers, pipes and scripts."""
