"""The custody desk: who is this, and do they go on where they stopped?"""
