"""The public catalogue of data sets (Generative AI Measures, art. 6(2)). No sign-in."""
